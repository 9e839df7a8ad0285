package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListStatus;

/** What a Folder must and must not have (PDSm comprehensive, MHD Comprehensive). */
final class FolderRules {

    private static final String PDSM = "pdsm-folder-comprehensive";
    private static final String MHD = "mhd-comprehensive-folder";
    private static final String MINIMAL = "mhd-minimal-folder";

    private final Entries entries;
    private final Findings findings;

    FolderRules(Entries entries, Findings findings) {
        this.entries = entries;
        this.findings = findings;
    }

    void check(Entry<ListResource> entry, Form form) {
        ListResource folder = entry.resource();
        boolean pdsm = form == Form.PDSM;
        boolean minimal = form == Form.MINIMAL;
        Scope scope = new Scope(findings, entry.path(), pdsm ? PDSM : minimal ? MINIMAL : MHD);
        // a folder is closed by an update, never born closed
        boolean closes = entries.updates().containsKey(entry.index()) && folder.getStatus() == ListStatus.RETIRED;
        ListShape.check(folder, closes ? "retired" : "current", scope);
        scope.required(folder.hasTitle() || minimal, "title");
        scope.required(folder.hasSubject() || minimal, "subject");
        scope.forbidden(folder.hasSource(), "source");
        String designation = "extension('" + ProfileUris.DESIGNATION_TYPE + "')";
        int designations =
                folder.getExtensionsByUrl(ProfileUris.DESIGNATION_TYPE).size();
        if (pdsm) {
            scope.required(folder.hasDate(), "date");
            scope.required(folder.hasEntry(), "entry");
            scope.once(designations, designation);
        } else {
            scope.required(designations > 0 || minimal, designation);
        }
        ListShape.items(entry, entries, findings, "DocumentReference");
    }
}
