package fr.carnet.token.establishment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.caller.RoleSystem;
import fr.carnet.shared.ActorCode;
import fr.carnet.token.establishment.EstablishmentStatements.Role;
import fr.carnet.token.establishment.StatedRoles.Code;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R81")
class StatedRolesTest {

    private static final String G15 = "1.2.250.1.71.1.2.7";
    private static final String R01 = "1.2.250.1.71.4.2.5";
    private static final String G05 = "1.2.250.1.71.4.2.6";
    private static final String R85 = "1.2.250.1.213.1.6.1.107";
    private static final String R22 = "1.2.250.1.213.1.6.1.19";
    private static final String R291 = "1.2.250.1.213.1.6.1.140";

    @Test
    void physicianStatesHisSpecialty() {
        StatedRoles roles = read(new Code(G15, "10"), new Code(R01, "SM26"));
        assertThat(roles.role().actor()).isEqualTo(new ActorCode("10"));
        assertThat(roles.specialty()).contains(new Role(RoleSystem.R38, "SM26"));
    }

    @Test
    void pharmacistStatesHisSection() {
        assertThat(read(new Code(G15, "21"), new Code(G05, "A")).specialty()).contains(new Role(RoleSystem.G05, "A"));
    }

    @Test
    void nurseNeedsNothingMore() {
        assertThat(read(new Code(RoleSystem.G15.url(), "60")).specialty()).isEmpty();
    }

    @Test
    void whoHasNoProfessionIsHisRole() {
        assertThat(read(new Code(R291, "99"), new Code(R85, "331")).role().actor())
                .isEqualTo(new ActorCode("R85:331"));
        assertThat(read(new Code(R291, "99"), new Code(R85, "331"), new Code(R22, "GENR08"))
                        .role()
                        .actor())
                .isEqualTo(new ActorCode("R85:331"));
        assertThat(read(new Code("1.2.250.1.213.1.1.4.6", "AUTOMATE")).role().actor())
                .isEqualTo(new ActorCode("A00:AUTOMATE"));
    }

    @Test
    void roleBesideAProfessionGivesNothingMore() {
        assertThat(read(new Code(G15, "60"), new Code(R85, "331")).role().actor())
                .isEqualTo(new ActorCode("60"));
    }

    @ParameterizedTest
    @CsvSource({
        "10, , ROLE_INCOMPLETE",
        "21, , ROLE_INCOMPLETE",
        "10, " + G05 + "|A, ROLE_INCOMPLETE",
        "21, " + R01 + "|SM26, ROLE_INCOMPLETE",
        "60, " + G15 + "|10, ROLE_INCOMPLETE",
        "60, 1.2.3|10, FIELD_INVALID",
        "a b, , FIELD_INVALID"
    })
    void incompleteOrDoubleRolesAreRefused(String profession, String second, EstablishmentError error) {
        Code first = new Code(G15, profession);
        Code[] codes = second == null
                ? new Code[] {first}
                : new Code[] {first, new Code(second.split("\\|", -1)[0], second.split("\\|", -1)[1])};
        assertThat(refusal(codes)).isEqualTo(error);
    }

    @Test
    void specialtyIsNoProfessionAndOtherProfessionNoRole() {
        assertThat(refusal(new Code(R01, "SM26"))).isEqualTo(EstablishmentError.ROLE_INCOMPLETE);
        assertThat(refusal(new Code(R291, "99"))).isEqualTo(EstablishmentError.ROLE_INCOMPLETE);
        assertThat(refusal()).isEqualTo(EstablishmentError.FIELD_MISSING);
    }

    private static StatedRoles read(Code... codes) {
        return StatedRoles.of("role", List.of(codes));
    }

    private static EstablishmentError refusal(Code... codes) {
        return catchThrowableOfType(() -> StatedRoles.of("role", Arrays.asList(codes)), EstablishmentRefusal.class)
                .error();
    }
}
