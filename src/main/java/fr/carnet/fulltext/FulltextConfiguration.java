package fr.carnet.fulltext;

import fr.carnet.document.ContentStore;
import fr.carnet.document.IndexedDocuments;
import fr.carnet.fulltext.elastic.ElasticIndex;
import fr.carnet.fulltext.extract.TextExtraction;
import fr.carnet.fulltext.postgres.PostgresIndex;
import fr.carnet.outbox.Outbox;
import fr.carnet.outbox.OutboxRound;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The index of the engine that is configured, and who feeds and asks it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FulltextSettings.class)
class FulltextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(FulltextConfiguration.class);

    @Bean
    TextIndex textIndex(FulltextSettings settings, DSLContext dsl) {
        LOG.info("text index: {}", settings.engine().isPresent() ? "Elasticsearch" : "PostgreSQL");
        return settings.engine().<TextIndex>map(ElasticIndex::of).orElseGet(() -> new PostgresIndex(dsl));
    }

    @Bean
    IndexChanges indexChanges(Outbox outbox, Clock clock) {
        return new IndexChanges(outbox, clock);
    }

    @Bean
    Indexer indexer(IndexedDocuments documents, ContentStore contents, TextExtraction extraction, TextIndex index) {
        return new Indexer(documents, contents, extraction, index);
    }

    @Bean
    IndexCourier indexCourier(TextIndex index, Indexer indexer) {
        return new IndexCourier(index, indexer);
    }

    @Bean
    Reindexing reindexing(DSLContext dsl, IndexedDocuments documents, Indexer indexer, TextIndex index) {
        return new Reindexing(dsl, documents, indexer, index);
    }

    @Bean
    IndexKeeper indexKeeper(TextIndex index, Reindexing reindexing) {
        return new IndexKeeper(index, reindexing);
    }

    @Bean
    TextIndexing textIndexing(IndexKeeper keeper, OutboxRound outbox) {
        return new TextIndexing(keeper, outbox);
    }

    @Bean
    TextSearches textSearches(FulltextSettings settings, TextIndex index, MeterRegistry meters) {
        Synonyms synonyms = settings.synonymsFile().map(Synonyms::of).orElseGet(Synonyms::bundled);
        return new TextSearches(index, new TextQueries(synonyms), meters);
    }
}
