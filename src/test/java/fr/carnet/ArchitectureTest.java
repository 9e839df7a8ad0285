package fr.carnet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import fr.carnet.shared.Ins;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms and who may use whom: the building plan as a test. */
class ArchitectureTest {

    /** Everything that was compiled, also outside {@code fr.carnet}: a shadowed library class would be seen. */
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .importUrl(Ins.class.getProtectionDomain().getCodeSource().getLocation());

    private static final List<Room> PLAN = List.of(
            room("shared"),
            room("policy", "shared"),
            room("caller", "shared"),
            room("validation", "shared"),
            room("outbox", "shared"),
            room("directory", "shared", "validation"),
            room("dmp", "shared", "policy", "validation"),
            room("document", "shared", "policy", "validation"),
            room("trace", "shared", "policy", "caller", "outbox"),
            room("token", "shared", "policy", "caller", "directory", "trace"),
            room("messaging", "shared", "policy", "validation", "outbox", "dmp", "document"),
            room("fulltext", "shared", "policy", "validation", "outbox", "document"),
            room(
                    "enforcement",
                    "shared",
                    "policy",
                    "caller",
                    "validation",
                    "outbox",
                    "dmp",
                    "document",
                    "messaging",
                    "trace"),
            room(
                    "server",
                    "shared",
                    "policy",
                    "caller",
                    "validation",
                    "outbox",
                    "directory",
                    "dmp",
                    "document",
                    "messaging",
                    "fulltext",
                    "trace",
                    "token",
                    "enforcement"),
            room(
                    "sandbox",
                    "shared",
                    "policy",
                    "caller",
                    "validation",
                    "outbox",
                    "directory",
                    "dmp",
                    "document",
                    "messaging",
                    "fulltext",
                    "trace",
                    "token",
                    "enforcement",
                    "server"));

    /** A room and the rooms it may use. */
    record Room(String name, List<String> mayUse) {

        String[] reach() {
            return Stream.concat(Stream.of(name), mayUse.stream())
                    .map(Room::packages)
                    .toArray(String[]::new);
        }

        static String packages(String room) {
            return "fr.carnet." + room + "..";
        }

        @Override
        public String toString() {
            return name + " → " + (mayUse.isEmpty() ? "JDK" : String.join(", ", mayUse));
        }
    }

    private static Room room(String name, String... mayUse) {
        return new Room(name, List.of(mayUse));
    }

    static Stream<Room> plan() {
        return PLAN.stream();
    }

    @ParameterizedTest
    @MethodSource("plan")
    void roomUsesOnlyItsNeighbours(Room room) {
        classes()
                .that()
                .resideInAPackage(Room.packages(room.name()))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("fr.carnet..")).or(resideInAnyPackage(room.reach())))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void everyClassLivesInAKnownRoom() {
        String[] rooms = plan().map(room -> Room.packages(room.name())).toArray(String[]::new);
        classes().should().resideInAnyPackage(rooms).check(HOUSE);
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching("fr.carnet.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void sharedKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("fr.carnet.shared..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax.crypto..", "fr.carnet.shared.."))
                .check(HOUSE);
    }

    @Test
    void policyIsPureJava() {
        noClasses()
                .that()
                .resideInAnyPackage("fr.carnet.policy..", "fr.carnet.shared..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ca.uhn..",
                        "org.hl7..",
                        "org.springframework..",
                        "java.sql..",
                        "javax.sql..",
                        "java.net..",
                        "org.jooq..",
                        "org.slf4j..",
                        "java.util.logging..")
                .check(HOUSE);
    }

    @Test
    void policyIsToldTheTime() {
        noClasses()
                .that()
                .resideInAnyPackage("fr.carnet.policy..", "fr.carnet.shared..")
                .should()
                .callMethodWhere(readsTheClock())
                .check(HOUSE);
    }

    /** Stylesheets and the default transformer read whatever they are pointed at; there, they are shut in. */
    @Test
    void onlySchematronsRunStylesheets() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fr.carnet.validation.schematron..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.sf.saxon..", "javax.xml.transform..")
                .check(HOUSE);
    }

    /** The same of parsers; the one of signed assertions, which XML Signature wants as a tree, is shut in too. */
    @Test
    void onlyOwnParsersReadXml() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fr.carnet.validation.schematron..")
                .and()
                .doNotHaveFullyQualifiedName("fr.carnet.token.vihf.HardenedDom")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.xml.parsers..")
                .check(HOUSE);
    }

    @Test
    void namesSayWhatATypeIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)(\\$.*)?")
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fr.carnet.server.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaMethodCall> readsTheClock() {
        return DescribedPredicate.describe("read a clock", call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            String owner = target.getOwner().getFullName();
            boolean ofTime = owner.startsWith("java.time.")
                    && (target.getName().equals("now") || target.getName().startsWith("system"));
            return ofTime
                    || (owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis"));
        });
    }
}
