package fr.carnet.fulltext;

import fr.carnet.fulltext.elastic.ElasticSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How documents are searched by their words.
 *
 * @param synonyms file in place of the bundled one; UTF-8, one line of entries separated by commas for each meaning
 * @param elasticsearch the engine; PostgreSQL itself if it is not given
 */
@ConfigurationProperties("carnet.fulltext")
public record FulltextSettings(Path synonyms, ElasticSettings elasticsearch) {

    Optional<Path> synonymsFile() {
        return Optional.ofNullable(synonyms);
    }

    Optional<ElasticSettings> engine() {
        return Optional.ofNullable(elasticsearch);
    }
}
