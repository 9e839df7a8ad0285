package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import org.hl7.fhir.r4.model.ListResource;

/** What a Folder must and must not have (PDSm comprehensive, MHD Comprehensive). */
final class FolderRules {

    private static final String PDSM = "pdsm-folder-comprehensive";
    private static final String MHD = "mhd-comprehensive-folder";

    private final Entries entries;
    private final Findings findings;

    FolderRules(Entries entries, Findings findings) {
        this.entries = entries;
        this.findings = findings;
    }

    void check(Entry<ListResource> entry, boolean pdsm) {
        ListResource folder = entry.resource();
        Scope scope = new Scope(findings, entry.path(), pdsm ? PDSM : MHD);
        ListShape.check(folder, scope);
        scope.required(folder.hasTitle(), "title");
        scope.forbidden(folder.hasSource(), "source");
        String designation = "extension('" + ProfileUris.DESIGNATION_TYPE + "')";
        int designations =
                folder.getExtensionsByUrl(ProfileUris.DESIGNATION_TYPE).size();
        if (pdsm) {
            scope.required(folder.hasDate(), "date");
            scope.required(folder.hasEntry(), "entry");
            scope.once(designations, designation);
        } else {
            scope.required(designations > 0, designation);
        }
        ListShape.items(entry, entries, findings, "DocumentReference");
    }
}
