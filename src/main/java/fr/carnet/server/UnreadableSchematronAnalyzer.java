package fr.carnet.server;

import fr.carnet.shared.Texts;
import fr.carnet.validation.schematron.UnreadableSchematron;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints which schematron cannot be used, and why, without a stack trace. */
final class UnreadableSchematronAnalyzer extends AbstractFailureAnalyzer<UnreadableSchematron> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnreadableSchematron cause) {
        return new FailureAnalysis(cause.sentence(Texts.of(Locale.getDefault().getLanguage())), null, cause);
    }
}
