package carnet;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.tartarus.snowball.ext.FrenchStemmer;

/**
 * The token filters that every distribution of Elasticsearch has in its module analysis-common and the one for tests has not, of the
 * same classes of Lucene. Compiled by the tests against the node that loads it.
 */
public final class AnalysisFilters extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
                "elision", (index, environment, name, settings) -> elision(name, settings),
                "asciifolding", (index, environment, name, settings) -> new Folding(name, settings),
                "stemmer", (index, environment, name, settings) ->
                        new Each(name, settings, words -> new SnowballFilter(words, new FrenchStemmer())));
    }

    private static TokenFilterFactory elision(String name, Settings settings) {
        var articles = new CharArraySet(settings.getAsList("articles"), settings.getAsBoolean("articles_case", false));
        return new Each(name, settings, words -> new ElisionFilter(words, articles));
    }

    private static class Each extends AbstractTokenFilterFactory {
        private final UnaryOperator<TokenStream> filter;

        Each(String name, Settings settings, UnaryOperator<TokenStream> filter) {
            super(name, settings);
            this.filter = filter;
        }

        @Override
        public TokenStream create(TokenStream words) {
            return filter.apply(words);
        }
    }

    private static final class Folding extends Each implements NormalizingTokenFilterFactory {
        Folding(String name, Settings settings) {
            super(name, settings, ASCIIFoldingFilter::new);
        }
    }
}
