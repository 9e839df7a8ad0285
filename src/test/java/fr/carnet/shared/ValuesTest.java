package fr.carnet.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.Caller.TokenRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "10,10",
        "R85:313,35",
        "R85:314,36",
        "R85:315,37",
        "R85:316,38",
        "R85:317,39",
        "93,R95:93",
        "R85:331,R85:331"
    })
    void aliasIsReadAsTheColumnThatTheValueSetLists(String code, String column) {
        assertThat(new ActorCode(code).code()).isEqualTo(column);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"10 ", "X99:1", "R85:", "a", "R85:331:1"})
    void whatIsNoActorIsRefused(String code) {
        assertThatThrownBy(() -> new ActorCode(code)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10,true,true",
        "G16:10,true,true",
        "60,true,false",
        "R85:313,true,false",
        "R95:93,false,false",
        "R94:41,false,false",
        "A00:EXP_PATIENT,false,false"
    })
    void healthProfessionalsAreThoseOfTheTwoTables(String code, boolean health, boolean physician) {
        ActorCode actor = new ActorCode(code);

        assertThat(actor.isHealthProfessional()).isEqualTo(health);
        assertThat(actor.isPhysician()).isEqualTo(physician);
    }

    @Test
    void holderHasAColumn() {
        assertThat(ActorCode.HOLDER).isEqualTo(new ActorCode("A00:EXP_PATIENT"));
    }

    @ParameterizedTest
    @CsvSource({"normal,NORMAL,false", "bris_de_glace,BREAK_GLASS,true", "centre_15,REGULATION,true"})
    void accessModeIsReadFromItsCode(String code, AccessMode mode, boolean emergency) {
        assertThat(AccessMode.of(code)).contains(mode);
        assertThat(mode.code()).isEqualTo(code);
        assertThat(mode.isEmergency()).isEqualTo(emergency);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"urgence", "NORMAL", "BREAK_GLASS"})
    void otherCodeIsNoAccessMode(String code) {
        assertThat(AccessMode.of(code)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MASQUE_PS", "INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"})
    void visibilityIsReadFromItsCode(String code) {
        assertThat(Visibility.of(code)).contains(Visibility.valueOf(code));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"MASQUE_PSOCIAL", "MASQUE_PT", "N"})
    void labelWithoutARuleIsNoVisibility(String code) {
        assertThat(Visibility.of(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unconscious,true,true,true",
        "unconscious,false,true,false",
        "unconscious,true,false,false",
        "' ',true,true,false"
    })
    void emergencyStatementNeedsBothFactsAndAReason(String reason, boolean unable, boolean risk, boolean complete) {
        assertThat(new EmergencyStatement(Optional.of(reason), unable, risk).isComplete())
                .isEqualTo(complete);
        assertThat(EmergencyStatement.NONE.isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"899700100011", "0991234567", "3990000010/12345"})
    void professionalIdentifierIsAccepted(String value) {
        assertThat(new IdNatPs(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"8", "799700100011", "8997 00100011", "8997001'"})
    void whatIsNoProfessionalIdentifierIsRefused(String value) {
        assertThatThrownBy(() -> new IdNatPs(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1990000010", "399999001300016"})
    void structureIdentifierIsAccepted(String value) {
        assertThat(new StructureId(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"1", "5990000010", "1990000010 ", "1:990000010"})
    void whatIsNoStructureIdentifierIsRefused(String value) {
        assertThatThrownBy(() -> new StructureId(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void callerIsNeverPrintedWithHisIdentity() {
        Caller caller = new Caller(
                CallerKind.PROFESSIONAL,
                "899700100011",
                "Dr Claire Martin",
                Optional.of(new ActorCode("10")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                AuthenticationMode.DIRECTE,
                "software",
                new TokenRef("issuer", "client", "id"));

        assertThat(caller).hasToString("Caller[PROFESSIONAL 10]");
        assertThat(caller.isProfessional()).isTrue();
    }
}
