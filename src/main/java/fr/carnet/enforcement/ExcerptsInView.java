package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.CallerSession;
import fr.carnet.caller.Scope;
import fr.carnet.document.Excerpts;
import fr.carnet.document.RegistryPage;
import fr.carnet.document.RegistryRow;
import fr.carnet.document.TextSearch;
import java.util.List;

/**
 * Shows where the words of a search stand, in what the sieve has left and to whom may read contents: an excerpt is a piece of
 * one.
 */
@Interceptor
final class ExcerptsInView {

    private final TextSearch texts;

    ExcerptsInView(TextSearch texts) {
        this.texts = texts;
    }

    /** After the sieve, before the notary: what cannot be shown is not traced as shown. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = Sieve.ORDER + 1)
    public void show(ServletRequestDetails request) {
        RegistryPage page = RegistryPage.of(request.getUserData());
        boolean readsContents = CallerSession.of(request.getServletRequest())
                .filter(session -> session.scopes().contains(Scope.ITI_68))
                .isPresent();
        if (page == null || page.query() == null || !readsContents) {
            return;
        }
        page.query().text().ifPresent(words -> {
            List<String> documents = page.rows().stream().map(RegistryRow::id).toList();
            new Excerpts(texts.excerpts(page.patient(), documents, words)).storeIn(request.getUserData());
        });
    }
}
