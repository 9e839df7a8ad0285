package fr.carnet.server;

import fr.carnet.server.schema.UnfitSchema;
import fr.carnet.shared.Texts;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is the matter with the tables, and which command helps, without a stack trace. */
final class UnfitSchemaAnalyzer extends AbstractFailureAnalyzer<UnfitSchema> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnfitSchema cause) {
        return new FailureAnalysis(cause.sentence(Texts.of(Locale.getDefault().getLanguage())), null, cause);
    }
}
