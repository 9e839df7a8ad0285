package carnet;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.tartarus.snowball.ext.FrenchStemmer;

/**
 * The tokenizer and the filters that every distribution of Elasticsearch has in its module analysis-common and the one for tests
 * has not, of the same classes of Lucene. Compiled by the tests against the node that loads it.
 */
public final class AnalysisFilters extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
                "length", (index, environment, name, settings) ->
                        new Each(name, settings, words -> new LengthFilter(words, 0, settings.getAsInt("max", 0))),
                "asciifolding", (index, environment, name, settings) -> new Folding(name, settings),
                "stemmer", (index, environment, name, settings) ->
                        new Each(name, settings, words -> new SnowballFilter(words, new FrenchStemmer())));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("pattern", (index, environment, name, settings) -> {
            Pattern between = Pattern.compile(settings.get("pattern", "\\W+"));
            return TokenizerFactory.newFactory(name, () -> new PatternTokenizer(between, -1));
        });
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
