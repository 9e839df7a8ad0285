package fr.carnet.messaging.xdm;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** INDEX.HTM: what a person sees who unpacks an archive. It names the documents, never the patient. */
final class IndexPage {

    private static final Template PAGE = Mustache.compiler().escapeHTML(true).compile("""
                    <!DOCTYPE html>
                    <html lang="fr">
                    <head><meta charset="utf-8"><title>Documents de santé</title></head>
                    <body>
                    <h1>Documents de santé</h1>
                    <ul>
                    {{#documents}}
                    <li><a href="{{file}}">{{title}}</a> ({{type}})</li>
                    {{/documents}}
                    </ul>
                    <p>Émetteur : Carnet. Description : <a href="IHE_XDM/SUBSET01/METADATA.XML">METADATA.XML</a>, \
                    mode d'emploi : <a href="README.TXT">README.TXT</a>.</p>
                    </body>
                    </html>
                    """);

    private IndexPage() {}

    static String of(Submission submission, List<String> files) {
        List<Map<String, String>> documents = IntStream.range(0, files.size())
                .mapToObj(i -> line(submission.documents().get(i).entry(), files.get(i)))
                .toList();
        return PAGE.execute(Map.of("documents", documents));
    }

    private static Map<String, String> line(DocumentEntry entry, String file) {
        return Map.of(
                "file", XdmWriter.FOLDER + file,
                "title", entry.title(),
                "type", entry.type().display());
    }
}
