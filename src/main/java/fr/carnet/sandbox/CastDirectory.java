package fr.carnet.sandbox;

import fr.carnet.directory.extract.DirectoryLoad;
import fr.carnet.directory.extract.LoadedList;
import fr.carnet.shared.DueJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The directory of the sandbox: an extract of the cast, loaded as an operator would load the real one, and again whenever the
 * clock is moved, as an operator would every day.
 */
@Component
@Profile("sandbox")
@Order(2)
class CastDirectory implements ApplicationRunner, DueJob {

    private static final String HEADER = "Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession"
            + "|Code catégorie professionnelle|Code savoir-faire|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site"
            + "|Numéro FINESS établissement juridique|Ancien identifiant de la structure|Code secteur d'activité"
            + "|Code section tableau pharmaciens|Code rôle|Code genre activité";
    private static final String PHARMACIST = "21";

    private final DirectoryLoad load;
    private final Cast cast;
    private final Clock clock;
    private final List<DirectoryPerson> people;

    CastDirectory(DirectoryLoad load, Cast cast, Clock clock) {
        this.load = load;
        this.cast = cast;
        this.clock = clock;
        this.people = DirectoryPerson.all(cast);
    }

    /** On the first start, an earlier extract that lists those who left since. */
    @Override
    public void run(ApplicationArguments arguments) {
        Instant now = clock.instant();
        if (load.loaded().isEmpty()) {
            professionals(now.minus(Duration.ofDays(1)), person -> true);
        }
        run(now);
    }

    @Override
    public void run(Instant now) {
        if (load.loaded().stream().map(LoadedList::asOf).noneMatch(now::isBefore)) {
            professionals(now, DirectoryPerson::open);
            structures(now);
        }
    }

    private void professionals(Instant asOf, Predicate<DirectoryPerson> who) {
        String extract = Stream.concat(
                        Stream.of(HEADER), people.stream().filter(who).map(CastDirectory::line))
                .collect(Collectors.joining("\n"));
        try {
            load.professionals(new BufferedReader(new StringReader(extract)), asOf, true, lines -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void structures(Instant asOf) {
        String list = Stream.concat(
                        Stream.of("idNat_Struct"),
                        Table.read("declared.tsv").rows().stream()
                                .map(row -> cast.structure(row.get("structure")).orElseThrow())
                                .map(structure -> structure.structure().value()))
                .collect(Collectors.joining("\n"));
        try {
            load.structures(new BufferedReader(new StringReader(list)), asOf, true, lines -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(DirectoryPerson person) {
        String table = person.profession().contains(":")
                ? person.profession().substring(0, person.profession().indexOf(':'))
                : "";
        String code = person.profession().substring(person.profession().indexOf(':') + 1);
        boolean roleOrKind = table.equals("R85") || table.equals("R22");
        String specialty = person.specialty().orElse("");
        boolean section = code.equals(PHARMACIST);
        return String.join(
                "|",
                person.idNatPs(),
                person.family(),
                person.given(),
                roleOrKind ? "" : code,
                table.equals("G16") ? "E" : "C",
                section ? "" : specialty,
                "",
                "",
                "",
                "",
                person.structure().value(),
                person.sector().orElse(""),
                section ? specialty : "",
                table.equals("R85") ? code : "",
                table.equals("R22") ? code : "");
    }
}
