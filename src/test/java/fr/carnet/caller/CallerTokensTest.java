package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.CallerKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerTokensTest {

    private static final String PHYSICIAN = "899700100011";
    private static final String ALICE = "284057505601204";
    private static final String ALICE_PERSON = ALICE + "^^^&1.2.250.1.213.1.4.10&ISO^NH";

    private final CallerTokens tokens = new CallerTokens();

    @Test
    void everyClaimOfAProfessionalIsRead() {
        CallerSession session = session(PHYSICIAN, (iua, carnet) -> {
            carnet.put("function", "FON-29");
            carnet.put("regulation", true);
            carnet.put("auth_mode", "INDIRECTE_RENFORCEE");
        });

        assertThat(session.caller().kind()).isEqualTo(CallerKind.PROFESSIONAL);
        assertThat(session.caller().subject()).isEqualTo(PHYSICIAN);
        assertThat(session.caller().name()).isEqualTo(TestTokens.NAME);
        assertThat(session.caller().role()).contains(new ActorCode("10"));
        assertThat(session.caller().specialty()).contains("SM54");
        assertThat(session.caller().function()).contains("FON-29");
        assertThat(session.caller().sector()).contains("SA07");
        assertThat(session.caller().structure().orElseThrow().value()).isEqualTo("399999001300016");
        assertThat(session.caller().structureName()).contains("Cabinet");
        assertThat(session.caller().regulator()).isTrue();
        assertThat(session.caller().authentication()).isEqualTo(AuthenticationMode.INDIRECTE_RENFORCEE);
        assertThat(session.caller().software()).isEqualTo("LPS 1.0");
        assertThat(session.caller().token().id()).isEqualTo("jti-1");
        assertThat(session.context().patient().orElseThrow().value()).isEqualTo(ALICE);
        assertThat(session.context().mode()).contains(AccessMode.NORMAL);
        assertThat(session.context().secretConnection()).isFalse();
    }

    @Tag("R58")
    @ParameterizedTest
    @ValueSource(strings = {"bris_de_glace", "centre_15"})
    void emergencyIsSomebodys(String mode) {
        refused("extensions.ihe_iua.person_id", PHYSICIAN, (iua, carnet) -> {
            iua.put("purpose_of_use", purpose(mode));
            iua.remove("person_id");
        });
    }

    @Tag("R58")
    @Test
    void emergencyStatementAndSecretAreRead() {
        CallerSession session = session(PHYSICIAN, (iua, carnet) -> {
            iua.put("purpose_of_use", purpose("bris_de_glace"));
            carnet.put("reason", "inconscient");
            carnet.put("unable_to_consent", true);
            carnet.put("immediate_risk", true);
            carnet.put("secret", true);
        });

        assertThat(session.context().mode()).contains(AccessMode.BREAK_GLASS);
        assertThat(session.context().emergency().isComplete()).isTrue();
        assertThat(session.context().secretConnection()).isTrue();
    }

    @Test
    void unknownPurposeLeavesTheModeToThePolicy() {
        assertThat(mode(purpose("research"))).isEmpty();
        assertThat(mode(List.of(Map.of("system", "urn:oid:1.2.3", "code", "normal"))))
                .isEmpty();
    }

    @Test
    void lonePurposeCodingIsReadLikeAList() {
        assertThat(mode(purpose("centre_15").get(0))).contains(AccessMode.REGULATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject_name", "subject_organization_id", "subject_role", "purpose_of_use"})
    void professionalWithoutIsRefused(String claim) {
        refused("extensions.ihe_iua." + claim, PHYSICIAN, (iua, carnet) -> iua.remove(claim));
    }

    @Tag("R80")
    @ParameterizedTest
    @ValueSource(strings = {"kind", "sector", "auth_mode", "software"})
    void professionalWithoutItsSituationIsRefused(String claim) {
        refused("extensions.carnet." + claim, PHYSICIAN, (iua, carnet) -> carnet.remove(claim));
    }

    @ParameterizedTest
    @CsvSource({
        "kind, PROFESSIONAL",
        "kind, doctor",
        "auth_mode, directe",
        "auth_mode, PASSWORD",
        "sector, ' '",
        "software, ''"
    })
    void wrongCodeIsRefused(String claim, String value) {
        refused("extensions.carnet." + claim, PHYSICIAN, (iua, carnet) -> carnet.put(claim, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "regulation", "unable_to_consent", "immediate_risk"})
    void flagThatIsNoBooleanIsRefused(String claim) {
        refused("extensions.carnet." + claim, PHYSICIAN, (iua, carnet) -> carnet.put(claim, "true"));
    }

    @Test
    void extensionOfTheWrongShapeIsRefused() {
        assertThatThrownBy(() -> tokens.session(token(PHYSICIAN, Map.of("ihe_iua", "x", "carnet", Map.of()))))
                .isInstanceOfSatisfying(DoorRefusal.class, refusal -> assertThat(refusal.detail())
                        .contains("extensions.ihe_iua"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1", "dr-martin", "899700100011 ", "urn:oid:1|899700100011"})
    void subjectThatIsNoProfessionalIsRefused(String subject) {
        refused("sub", subject, (iua, carnet) -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "284057505601204",
                "284057505601205^^^&1.2.250.1.213.1.4.10&ISO^NH",
                "284057505601204^^^&1.2.250.1.213.1.4.2&ISO^NH",
                "284057505601204^^^&1.2.250.1.213.1.4.10&ISO^PI",
                "284057505601204^^^1.2.250.1.213.1.4.10&ISO^NH"
            })
    void malformedPatientIsRefused(String person) {
        refused("extensions.ihe_iua.person_id", PHYSICIAN, (iua, carnet) -> iua.put("person_id", person));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"399999001300016", "urn:oid:1.2.250.1.71.4.2.2|", "urn:oid:1.2.250.1.71.4.2.1|899700100011"})
    void malformedStructureIsRefused(String structure) {
        refused(
                "extensions.ihe_iua.subject_organization_id",
                PHYSICIAN,
                (iua, carnet) -> iua.put("subject_organization_id", structure));
    }

    @Tag("R34")
    @Test
    void rolesDoNotAddUp() {
        refusedRoles(List.of(role(RoleSystem.G15, "60"), role(RoleSystem.R85, "331")));
    }

    @Tag("R81")
    @Test
    void physicianAndPharmacistStateTheirSecondValue() {
        refusedRoles(List.of(role(RoleSystem.G15, "10")));
        refusedRoles(List.of(role(RoleSystem.G15, "21")));
        assertThat(role(List.of(role(RoleSystem.G15, "21"), role(RoleSystem.G05, "A"))))
                .isEqualTo(new ActorCode("21"));
    }

    @Test
    void roleOfAnUnknownSystemIsNone() {
        refusedRoles(List.of(Map.of("system", "urn:oid:1.2.3", "code", "60")));
        refusedRoles(List.of(Map.of("system", RoleSystem.G15.url(), "code", "six ty")));
    }

    @ParameterizedTest
    @CsvSource({
        "G15, 60, 60",
        "G16, 10, G16:10",
        "R94, 41, R94:41",
        "R95, 93, R95:93",
        "R22, GENR08, R22:GENR08",
        "R85, 331, R85:331",
        "R85, 313, 35",
        "A00, AUTOMATE, A00:AUTOMATE"
    })
    void roleIsTheColumnOfTheMatrix(RoleSystem system, String code, String column) {
        assertThat(role(List.of(role(system, code))).code()).isEqualTo(column);
        assertThat(RoleSystem.ofActor(system.prefix() + code)).isEqualTo(system);
    }

    @Test
    void holderComesForHimselfInTheNormalMode() {
        CallerSession session = session(ALICE, (iua, carnet) -> {
            iua.keySet().retainAll(List.of("subject_name", "person_id"));
            carnet.clear();
            carnet.put("kind", "holder");
        });

        assertThat(session.caller().role()).contains(ActorCode.HOLDER);
        assertThat(session.caller().software()).isEqualTo("lps");
        assertThat(session.caller().authentication()).isEqualTo(AuthenticationMode.DIRECTE);
        assertThat(session.context().mode()).contains(AccessMode.NORMAL);
    }

    @Test
    void holderWithoutOrWithAnotherPatientIsRefused() {
        refused("sub", ALICE, (iua, carnet) -> {
            iua.remove("person_id");
            carnet.put("kind", "holder");
        });
        refused("sub", ALICE, (iua, carnet) -> {
            iua.put("person_id", "162113523804516^^^&1.2.250.1.213.1.4.10&ISO^NH");
            carnet.put("kind", "holder");
        });
    }

    @Test
    void systemStatesRoleStructureAndSoftware() {
        BiConsumer<Map<String, Object>, Map<String, Object>> automate = (iua, carnet) -> {
            iua.put("subject_role", List.of(role(RoleSystem.A00, "AUTOMATE")));
            iua.remove("purpose_of_use");
            iua.remove("subject_name");
            carnet.put("kind", "system");
            carnet.remove("sector");
        };
        CallerSession session = session("hospital-automate", automate);

        assertThat(session.caller().role()).contains(new ActorCode("A00:AUTOMATE"));
        assertThat(session.caller().name()).isEqualTo("lps");
        assertThat(session.context().mode()).contains(AccessMode.NORMAL);
        refused(
                "extensions.ihe_iua.subject_role",
                "hospital-automate",
                automate.andThen((iua, carnet) -> iua.remove("subject_role")));
    }

    @ParameterizedTest
    @CsvSource({"operator, OPERATOR", "auditor, AUDITOR", "representative, REPRESENTATIVE"})
    void othersHaveNoColumn(String kind, CallerKind expected) {
        CallerSession session = session("local-id", (iua, carnet) -> carnet.put("kind", kind));

        assertThat(session.caller().kind()).isEqualTo(expected);
        assertThat(session.caller().role()).isEmpty();
    }

    private Optional<AccessMode> mode(Object purpose) {
        return session(PHYSICIAN, (iua, carnet) -> iua.put("purpose_of_use", purpose))
                .context()
                .mode();
    }

    private ActorCode role(List<Map<String, String>> roles) {
        return session(PHYSICIAN, (iua, carnet) -> iua.put("subject_role", roles))
                .caller()
                .role()
                .orElseThrow();
    }

    private void refusedRoles(List<Map<String, String>> roles) {
        refused("extensions.ihe_iua.subject_role", PHYSICIAN, (iua, carnet) -> iua.put("subject_role", roles));
    }

    private void refused(String claim, String subject, BiConsumer<Map<String, Object>, Map<String, Object>> change) {
        assertThatThrownBy(() -> session(subject, change)).isInstanceOfSatisfying(DoorRefusal.class, refusal -> {
            assertThat(refusal.error()).isEqualTo(DoorError.ASSERTION_MALFORMED);
            assertThat(refusal.detail()).contains(claim);
        });
    }

    private CallerSession session(String subject, BiConsumer<Map<String, Object>, Map<String, Object>> change) {
        Map<String, Object> iua = members("ihe_iua");
        Map<String, Object> carnet = members("carnet");
        change.accept(iua, carnet);
        return tokens.session(token(subject, Map.of("ihe_iua", iua, "carnet", carnet)));
    }

    private static Map<String, Object> members(String extension) {
        Map<String, Object> members = new HashMap<>();
        ((Map<?, ?>) TestTokens.extensions().get(extension))
                .forEach((name, value) -> members.put((String) name, value));
        if (members.containsKey("person_id")) {
            members.put("person_id", ALICE_PERSON);
        }
        return members;
    }

    private static Jwt token(String subject, Map<String, Object> extensions) {
        return Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .claim("iss", TestTokens.ISSUER)
                .claim("sub", subject)
                .claim("jti", "jti-1")
                .claim("client_id", "lps")
                .claim("extensions", extensions)
                .build();
    }

    private static List<Map<String, String>> purpose(String code) {
        return List.of(Map.of("system", CallerTokens.PURPOSE_SYSTEM, "code", code));
    }

    private static Map<String, String> role(RoleSystem system, String code) {
        return Map.of("system", system.url(), "code", code);
    }
}
