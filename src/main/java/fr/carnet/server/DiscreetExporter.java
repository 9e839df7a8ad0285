package fr.carnet.server;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may leave of a span, whoever made it: times, ids, a name and a few attributes. Messages of exceptions, addresses,
 * the state that a client sent along, and whatever a library adds one day, stay here.
 */
final class DiscreetExporter implements SpanExporter {

    private static final Set<String> TOLD =
            Set.of("transaction", "outcome", "status", "rule", "correlation.id", "channel", "room");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 ._-]{0,60}");

    private final SpanExporter exporter;

    DiscreetExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(spans.stream().<SpanData>map(Discreet::new).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static final class Discreet extends DelegatingSpanData {

        private final SpanData made;
        private final Attributes told;

        Discreet(SpanData made) {
            super(made);
            this.made = made;
            this.told = made.getAttributes().toBuilder()
                    .removeIf(key -> !TOLD.contains(key.getKey()))
                    .build();
        }

        @Override
        public String getName() {
            return NAME.matcher(made.getName()).matches() ? made.getName() : "span";
        }

        @Override
        public Attributes getAttributes() {
            return told;
        }

        @Override
        public int getTotalAttributeCount() {
            return told.size();
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public List<LinkData> getLinks() {
            return List.of();
        }

        @Override
        public int getTotalRecordedLinks() {
            return 0;
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(made.getStatus().getStatusCode(), "");
        }

        @Override
        public SpanContext getSpanContext() {
            return without(made.getSpanContext());
        }

        @Override
        public SpanContext getParentSpanContext() {
            return without(made.getParentSpanContext());
        }

        private static SpanContext without(SpanContext context) {
            return SpanContext.create(
                    context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault());
        }
    }
}
