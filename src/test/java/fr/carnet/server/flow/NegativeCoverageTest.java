package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.flow.NegativeCase.Expected;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever validation can say has a case in which it says it. */
class NegativeCoverageTest {

    private final List<NegativeCase> cases = NegativeCase.all();

    @Test
    void everySentenceOfValidationHasACase() {
        Set<String> said = cases.stream()
                .flatMap(fault -> fault.expected().stream())
                .map(Expected::key)
                .collect(Collectors.toSet());
        Set<String> silent =
                new TreeSet<>(ResourceBundle.getBundle("messages/validation").keySet());
        silent.removeAll(said);
        // of a stored folder (FolderUpdateIT), of ITI-105 (SimplifiedPublishIT), of megabytes (SchematronIT): no lot
        // here can say so
        silent.removeAll(Set.of("folder-identifier-changed", "relation-not-simplified", "schematron-too-large"));
        assertThat(silent).as("add a case to negative/lots.yaml").isEmpty();
    }

    @Test
    void everyConstraintOfPdsmHasACase() {
        Set<String> constraints = Set.of(
                "constr-bind-type",
                "constr-cdr-rempl",
                "constr-bind-relatesTo",
                "constr-bind-relatesToTarget",
                "constr-bind-attachmenturl",
                "constr-bind-ProducteurDoc");
        assertThat(constraints).allSatisfy(constraint -> assertThat(cases)
                .anyMatch(fault -> fault.name().contains(constraint)
                        || fault.expected().stream().anyMatch(e -> e.code().equals(constraint))));
    }

    @Test
    void everyNameIsOfOneCase() {
        assertThat(cases).extracting(NegativeCase::name).doesNotHaveDuplicates();
    }
}
