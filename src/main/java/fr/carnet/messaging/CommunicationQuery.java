package fr.carnet.messaging;

import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import fr.carnet.policy.CommunicationFacts;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Fault;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.jooq.Condition;
import org.jooq.OrderField;
import org.jooq.impl.DSL;

/**
 * Which notices and messages of a record are asked for, and of these the ones that are addressed to the caller: the same as the
 * policy says of each, so that totals and pages are honest.
 *
 * @param judgement who asks, of whose record
 * @param category code; empty: all
 * @param status code; empty: all
 * @param sent window; empty: always
 * @param partOf id of the Communication that began the conversation; empty: all
 * @param participants who sends or receives
 */
record CommunicationQuery(
        Judgement judgement,
        Optional<String> category,
        Optional<String> status,
        Optional<DateRangeParam> sent,
        Optional<String> partOf,
        Condition participants) {

    static final List<OrderField<?>> ORDER = List.of(DSL.field(DSL.name("sent")).desc(), DSL.field(DSL.name("id")));

    private static final int BAD_REQUEST = 400;

    /** All that are addressed to the caller. */
    static CommunicationQuery all(Judgement judgement) {
        return new CommunicationQuery(
                judgement, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), DSL.noCondition());
    }

    /**
     * @param parameters as received
     * @throws Fault 400 for a status that no Communication has, and for what names no participant
     */
    static CommunicationQuery of(
            Judgement judgement,
            TokenParam category,
            TokenParam status,
            DateRangeParam sent,
            ReferenceParam partOf,
            Map<String, String[]> parameters) {
        return new CommunicationQuery(
                judgement,
                Optional.ofNullable(category).map(CommunicationQuery::category),
                Optional.ofNullable(status).map(CommunicationQuery::status),
                Optional.ofNullable(sent),
                Optional.ofNullable(partOf).map(ReferenceParam::getIdPart),
                Participant.SENDER.asked(parameters).and(Participant.RECIPIENT.asked(parameters)));
    }

    /** A code of another system is that of no Communication: it finds nothing. */
    private static String category(TokenParam category) {
        String system = category.getSystem();
        boolean known = system == null || system.isEmpty() || Communications.CATEGORY.equals(system);
        return known ? category.getValue() : system + "|" + category.getValue();
    }

    private static String status(TokenParam status) {
        try {
            return CommunicationStatus.fromCode(status.getValue()).toCode();
        } catch (FHIRException | NullPointerException e) {
            throw Fault.of(BAD_REQUEST, "invalid-code", "status");
        }
    }

    Condition condition() {
        Condition asked = DSL.condition(
                "patient_id = ? and readers && ?::text[]",
                judgement.patient().orElseThrow().id(),
                CommunicationFacts.tokensOf(judgement.caller()).toArray(String[]::new));
        if (category.isPresent()) {
            asked = asked.and(DSL.condition("category = ?", category.get()));
        }
        if (status.isPresent()) {
            asked = asked.and(DSL.condition("status = ?", status.get()));
        }
        if (partOf.isPresent()) {
            asked = asked.and(DSL.condition("part_of = ?", partOf.get()));
        }
        return asked.and(participants).and(sent.map(CommunicationQuery::within).orElseGet(DSL::noCondition));
    }

    private static Condition within(DateRangeParam window) {
        Condition within = DSL.noCondition();
        Date from = window.getLowerBoundAsInstant();
        Date until = window.getUpperBoundAsInstant();
        if (from != null) {
            within = within.and(DSL.condition("sent >= ?::timestamptz", at(from)));
        }
        if (until != null) {
            within = within.and(DSL.condition("sent <= ?::timestamptz", at(until)));
        }
        return within;
    }

    private static OffsetDateTime at(Date date) {
        return date.toInstant().atOffset(ZoneOffset.UTC);
    }
}
