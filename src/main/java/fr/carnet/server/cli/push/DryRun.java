package fr.carnet.server.cli.push;

import fr.carnet.server.cli.push.Result.Kind;
import fr.carnet.shared.Texts;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Finding;
import fr.carnet.validation.SubmissionBundles;
import fr.carnet.validation.SubmissionCheck;
import fr.carnet.validation.SubmissionLimits;
import fr.carnet.validation.SubmissionReport;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Nowhere: builds the submission and checks it as a server would before it looks at its store. */
final class DryRun implements Destination {

    private final SubmissionBundles bundles;
    private final SubmissionCheck check;
    private final Texts texts;

    DryRun(CodeTables tables, Texts texts) {
        this.bundles = new SubmissionBundles(tables);
        this.check = new SubmissionCheck(tables, SubmissionLimits.DEFAULTS);
        this.texts = texts;
    }

    @Override
    public Result take(SourceFile file, Optional<DocumentId> replaces) {
        SubmissionReport report =
                check.check(bundles.bundle(file.header(), file.content(), file.mediaType(), replaces, Instant.now()));
        String findings = report.findings().stream().map(this::said).distinct().collect(Collectors.joining(" ; "));
        return new Result(report.hasErrors() ? Kind.REFUSED : Kind.ACCEPTED, findings);
    }

    private String said(Finding finding) {
        String sentence = texts.say(finding.messageKey(), finding.args().toArray());
        return finding.rule() + " « " + sentence + " »";
    }
}
