package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.directory.DeclaredStructures;
import fr.carnet.directory.DirectoryEntry;
import fr.carnet.directory.DirectoryEntry.Agreement;
import fr.carnet.directory.ProfessionalDirectory;
import fr.carnet.directory.StatedSituation;
import fr.carnet.directory.insi.InsiAnswer;
import fr.carnet.directory.insi.InsiAnswer.Cause;
import fr.carnet.directory.insi.InsiAnswer.Failed;
import fr.carnet.directory.insi.InsiAnswer.Found;
import fr.carnet.directory.insi.InsiAnswer.NotFound;
import fr.carnet.directory.insi.InsiAnswer.Several;
import fr.carnet.directory.insi.InsiTeleservice;
import fr.carnet.directory.insi.InsiVerification.Confirmed;
import fr.carnet.directory.insi.InsiVerification.Differs;
import fr.carnet.directory.insi.SearchedTraits;
import fr.carnet.directory.insi.Sex;
import fr.carnet.sandbox.Actor;
import fr.carnet.sandbox.Cast;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.StructureId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory, the declared structures and INSi, as the sandbox plays them and the server asks them. */
class NationalReferencesIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String ALICE_INS = "284057505601204";
    private static final String DATE = "1984-05-17";

    private final ProfessionalDirectory directory = SERVER.bean(ProfessionalDirectory.class);
    private final DeclaredStructures structures = SERVER.bean(DeclaredStructures.class);
    private final InsiTeleservice insi = SERVER.bean(InsiTeleservice.class);
    private final Cast cast = SERVER.bean(Cast.class);

    private LocalDate today() {
        return LocalDate.ofInstant(SERVER.bean(Clock.class).instant(), ZoneId.of("Europe/Paris"));
    }

    private Agreement agreement(String idNatPs, String profession) {
        return directory
                .find(new IdNatPs(idNatPs))
                .map(entry -> entry.agreementWith(StatedSituation.of(new ActorCode(profession)), today()))
                .orElseThrow();
    }

    private static SearchedTraits traits(String birthName) {
        return new SearchedTraits(birthName, "ALICE", Sex.F, DATE, Optional.empty());
    }

    private static SearchedTraits coded(String birthName, String number) {
        return new SearchedTraits(birthName, "ALICE", Sex.F, DATE, Optional.of(number));
    }

    @Test
    @Tag("R76")
    void everyProfessionalOfTheCastIsWhatHisTokenSays() {
        assertThat(cast.actors())
                .filteredOn(actor -> actor.kind() == CallerKind.PROFESSIONAL)
                .hasSizeGreaterThan(15)
                .allSatisfy(actor -> assertThat(directory
                                .find(new IdNatPs(actor.idNatPs().orElseThrow()))
                                .orElseThrow()
                                .agreementWith(stated(actor), today()))
                        .as(actor.id())
                        .isEqualTo(Agreement.BORNE_OUT));
    }

    private StatedSituation stated(Actor actor) {
        return new StatedSituation(
                new ActorCode(actor.profession().orElseThrow()),
                actor.specialty(),
                actor.sector(),
                actor.structure().flatMap(cast::structure).map(structure -> structure.structure()));
    }

    @Test
    @Tag("R76")
    void thoseWhoAreThereToBeRefusedAreNotBorneOut() {
        assertThat(directory.find(new IdNatPs("899700100268"))).isEmpty();
        assertThat(agreement("899700100193", "10")).isEqualTo(Agreement.CLOSED);
        assertThat(agreement("899700100201", "10")).isEqualTo(Agreement.OTHER_PROFESSION);
        assertThat(agreement("899700100227", "10")).isEqualTo(Agreement.OTHER_PROFESSION);
        assertThat(agreement("899700100227", "G16:10")).isEqualTo(Agreement.BORNE_OUT);
        assertThat(directory.find(new IdNatPs("899700100219")))
                .map(DirectoryEntry::situations)
                .hasValueSatisfying(situations -> assertThat(situations).hasSize(2));
    }

    @Test
    @Tag("R79")
    void onlySomeStructuresAreDeclared() {
        assertThat(structures.contains(new StructureId("1990000010"))).isTrue();
        assertThat(structures.contains(new StructureId("1990000028"))).isFalse();
        assertThat(structures.contains(new StructureId("399999001300016"))).isFalse();
    }

    @Test
    void patientsOfTheCastAreFoundByTheirTraits() {
        assertThat(cast.patients()).allSatisfy(patient -> {
            InsiAnswer answer = insi.search(new SearchedTraits(
                    patient.birthName(),
                    patient.firstGiven(),
                    patient.gender().equals("male") ? Sex.M : Sex.F,
                    patient.birthDate().toString(),
                    Optional.of(patient.birthPlace())));

            assertThat(answer).isInstanceOfSatisfying(Found.class, found -> {
                assertThat(found.identity().ins()).isEqualTo(patient.ins());
                assertThat(found.identity().givenNames()).isEqualTo(patient.birthGivens());
            });
        });
    }

    @Test
    void whoIsNotKnownIsNotFound() {
        assertThat(insi.search(traits("INCONNUE"))).isEqualTo(new NotFound());
        assertThat(insi.search(new SearchedTraits("MOREAU", "ALICE", Sex.F, DATE, Optional.of("13055"))))
                .isEqualTo(new NotFound());
        assertThat(insi.search(traits("TEST-PLUSIEURS"))).isEqualTo(new Several());
    }

    @Test
    @Tag("R9")
    void formerAndWaitingMatriculesAreGiven() {
        assertThat(insi.search(traits("TEST-HISTORIQUE"))).isInstanceOfSatisfying(Found.class, found -> assertThat(
                        found.identity().former())
                .hasSize(1));
        assertThat(insi.search(traits("TEST-NIA"))).isInstanceOfSatisfying(Found.class, found -> assertThat(
                        found.identity().ins().domain())
                .isEqualTo(InsDomain.NIA));
        assertThat(insi.search(traits("TEST-SANS-LIEU"))).isInstanceOfSatisfying(Found.class, found -> assertThat(
                        found.identity().birthPlace())
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "TEST-INDISPONIBLE, UNAVAILABLE, siram_40 insi_102",
        "TEST-PROGICIEL, REFUSED, siram_100 desir_550",
        "TEST-DROITS, REFUSED, siram_100 desir_560",
        "TEST-FAUTE-NUE, REFUSED, ''",
        "TEST-REFUS-HTTP, REFUSED, ''",
        "TEST-COUPE, UNAVAILABLE, ''",
        "TEST-CLE-FAUSSE, UNINTELLIGIBLE, ''",
        "TEST-ILLISIBLE, UNINTELLIGIBLE, ''",
        "TEST-DOCTYPE, UNINTELLIGIBLE, ''",
        "TEST-ENORME, UNINTELLIGIBLE, ''",
        "TEST-LENT, TIMED_OUT, ''"
    })
    void everyFailureIsAClearAnswer(String birthName, Cause cause, String codes) {
        assertThat(insi.search(traits(birthName)))
                .isEqualTo(new Failed(cause, codes.isEmpty() ? List.of() : List.of(codes.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({
        "TEST-CODE, 00042, UNINTELLIGIBLE, 42",
        "TEST-SIRAM, 00030, UNAVAILABLE, siram_30",
        "TEST-SIRAM, 00110, REFUSED, siram_110",
        "TEST-INSI, 00205, UNAVAILABLE, siram_40 insi_205",
        "TEST-DESIR, 00551, REFUSED, siram_100 desir_551"
    })
    void anyReturnCodeCanBePlayed(String birthName, String number, Cause cause, String codes) {
        assertThat(insi.search(coded(birthName, number))).isEqualTo(new Failed(cause, List.of(codes.split(" "))));
    }

    @Test
    void matriculeIsVerifiedWithTheTraits() {
        Ins alice = Ins.of("1.2.250.1.213.1.4.10", ALICE_INS);
        Ins bruno = Ins.of("1.2.250.1.213.1.4.10", "162113523804516");

        assertThat(insi.verify(alice, traits("MOREAU"))).isInstanceOf(Confirmed.class);
        assertThat(insi.verify(bruno, traits("MOREAU"))).isInstanceOf(Differs.class);
        assertThat(insi.verify(alice, traits("TEST-AUTRES-TRAITS"))).isInstanceOf(Differs.class);
    }

    @ParameterizedTest
    @CsvSource({"'<x/>', 500", "not xml, 500"})
    void simulatorRefusesWhatIsNoSoap(String body, int status) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(SERVER.root().resolve("/sandbox/insi"))
                                .header("Content-Type", "application/soap+xml")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("Fault", "Sender");
    }

    private CommandLineRun command(String name, Path folder, String json) throws IOException {
        Path file = Files.writeString(folder.resolve("traits.json"), json);
        return CommandLineRun.of(
                "insi",
                name,
                file.toString(),
                "--carnet.insi.url=" + SERVER.root() + "/sandbox/insi",
                "--carnet.insi.authorisation=sandbox");
    }

    @Test
    @Tag("R4")
    void commandSearchesAndTellsTheStatus(@TempDir Path folder) throws IOException {
        String alice = "{\"birthName\":\"Moreau\",\"givenName\":\"Alice\",\"sex\":\"F\",\"birthDate\":\"1984-05-17\"";

        CommandLineRun found = command("search", folder, alice + "}");
        assertThat(found.code()).isZero();
        assertThat(found.out()).contains("Une identité trouvée", ALICE_INS, "MOREAU", "statut de l’identité : RECUP");

        CommandLineRun controlled = command("search", folder, alice + ",\"status\":\"VALI\"}");
        assertThat(controlled.out()).contains("statut de l’identité : QUAL");
    }

    @Test
    @Tag("R7")
    void commandCountsAnAttestationAsControl(@TempDir Path folder) throws IOException {
        CommandLineRun verified = command(
                "verify",
                folder,
                "{\"birthName\":\"MOREAU\",\"givenName\":\"ALICE\",\"sex\":\"F\",\"birthDate\":\"1984-05-17\","
                        + "\"ins\":{\"system\":\"1.2.250.1.213.1.4.10\",\"value\":\"" + ALICE_INS + "\"},"
                        + "\"attestation\":{\"by\":\"899700100011\",\"at\":\"2026-11-22T08:00:00Z\"}}");

        assertThat(verified.code()).isZero();
        assertThat(verified.out()).contains("Matricule et traits confirmés", "QUAL");
    }

    @Test
    void commandTellsAFailureByItsCodes(@TempDir Path folder) throws IOException {
        CommandLineRun failed = command(
                "search",
                folder,
                "{\"birthName\":\"TEST-INDISPONIBLE\",\"givenName\":\"ALICE\",\"sex\":\"F\",\"birthDate\":\"1984-05-17\"}");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("téléservice indisponible", "siram_40 insi_102", "PROV");
    }

    @Test
    void commandRefusesABadFileWithoutQuotingIt(@TempDir Path folder) throws IOException {
        CommandLineRun refused = command(
                "search",
                folder,
                "{\"birthName\":\"Moreau\",\"givenName\":\"Alice\",\"sex\":\"F\",\"birthDate\":\"17/05/1984\"}");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("birthDate").doesNotContain("Moreau", "1984");
        assertThat(command("verify", folder, "{}").err()).contains("birthName");
    }
}
