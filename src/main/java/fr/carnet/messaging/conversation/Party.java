package fr.carnet.messaging.conversation;

import fr.carnet.policy.CommunicationFacts;
import fr.carnet.policy.ConversationFacts;
import fr.carnet.shared.Caller;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * The professional's side of a conversation.
 *
 * @param facts what the policy needs of it
 * @param address mailbox to which answers go; empty for one that is known in this server alone
 * @param name as the patient is shown it
 */
public record Party(ConversationFacts facts, Optional<String> address, String name) {

    /** @throws NullPointerException if a component is missing */
    public Party {
        Objects.requireNonNull(facts);
        Objects.requireNonNull(address);
        Objects.requireNonNull(name);
    }

    /** The mailbox of whoever writes from here: his own, or the one of the structure in whose name he writes. */
    static Party of(Caller caller, Optional<StructureId> named, boolean hidden, MessagingSettings known) {
        boolean machine = !caller.isProfessional();
        if (named.isEmpty() && !machine) {
            var facts = new ConversationFacts(
                    Optional.of(caller.subject()), caller.structure(), false, true, false, hidden);
            return new Party(facts, known.of(caller.subject()).map(Mailbox::address), caller.name());
        }
        Optional<StructureId> structure = named.or(caller::structure);
        Optional<Mailbox> mailbox = structure.flatMap(known::of);
        var facts = new ConversationFacts(
                Optional.empty(), structure, mailbox.filter(Mailbox::officine).isPresent(), !machine, false, hidden);
        String name = mailbox.map(Mailbox::name).or(caller::structureName).orElseGet(caller::name);
        return new Party(facts, mailbox.filter(m -> !machine).map(Mailbox::address), name);
    }

    /** The mailbox of a structure to which somebody wants to write first; one that is not known is no officine. */
    static Party of(StructureId structure, MessagingSettings known) {
        Optional<Mailbox> mailbox = known.of(structure);
        boolean officine = mailbox.filter(Mailbox::officine).isPresent();
        return new Party(
                new ConversationFacts(Optional.empty(), Optional.of(structure), officine, true, false, false),
                mailbox.map(Mailbox::address),
                mailbox.map(Mailbox::name).orElse(""));
    }

    /** A mailbox that writes by mail; of one that nobody registered, the address is all that is known. */
    public static Party of(String address, String shownName, MessagingSettings known) {
        Optional<Mailbox> mailbox = known.at(address);
        var facts = mailbox.map(m -> new ConversationFacts(
                        m.professional().filter(p -> m.kind() == Mailbox.Kind.PERSONAL),
                        m.structureId(),
                        m.officine(),
                        m.kind() != Mailbox.Kind.APPLICATIVE,
                        false,
                        false))
                .orElseGet(
                        () -> new ConversationFacts(Optional.of(address), Optional.empty(), false, true, false, false));
        String name = mailbox.map(Mailbox::name).orElse(shownName.isBlank() ? address : shownName);
        return new Party(facts, Optional.of(address), name);
    }

    /** Who may read its messages: the holder, whoever acts for him unless it is hidden from them, and this side. */
    CommunicationFacts readers() {
        Set<String> readers = new HashSet<>(Set.of(CommunicationFacts.HOLDER));
        if (!facts.hiddenFromRepresentatives()) {
            readers.add(CommunicationFacts.REPRESENTATIVES);
        }
        facts.professional()
                .map(CommunicationFacts::professional)
                .or(() -> facts.structure().map(s -> CommunicationFacts.structure(s.value())))
                .ifPresent(readers::add);
        return new CommunicationFacts(readers);
    }

    /** As {@code Communication.sender} or {@code .recipient}. */
    Reference reference() {
        Reference reference = new Reference().setDisplay(name);
        if (facts.professional().isEmpty()) {
            facts.structure().ifPresent(s -> reference
                    .setType("Organization")
                    .setIdentifier(
                            new Identifier().setSystem(StructureId.SYSTEM).setValue(s.value())));
            return reference;
        }
        String owner = facts.professional().get();
        return owner.contains("@")
                ? reference.setType("Practitioner")
                : reference
                        .setType("Practitioner")
                        .setIdentifier(
                                new Identifier().setSystem(IdNatPs.SYSTEM).setValue(owner));
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Party[" + facts + "]";
    }
}
