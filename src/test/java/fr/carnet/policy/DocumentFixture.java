package fr.carnet.policy;

import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A document in the making: of Alice, by Dr Leroy, current, visible to all. */
public final class DocumentFixture {

    private final String type;
    private final String classCode;
    private String patient = "alice";
    private CallerFixture depositor = Cast.caller("leroy");
    private final Set<Visibility> labels = EnumSet.noneOf(Visibility.class);
    private final Set<String> authors = new HashSet<>();
    private boolean current = true;
    private boolean archived;
    private boolean deleted;
    private boolean maskedByHolder;
    private Instant depositedAt = Cast.NOW.minus(Duration.ofDays(3));

    DocumentFixture(String type, String classCode) {
        this.type = type;
        this.classCode = classCode;
    }

    /** Of another patient. */
    public DocumentFixture of(String name) {
        patient = name;
        return this;
    }

    /** Deposited by somebody of the cast. */
    public DocumentFixture by(String name) {
        depositor = Cast.caller(name);
        return this;
    }

    /** With a label. */
    public DocumentFixture labelled(Visibility label) {
        labels.add(label);
        return this;
    }

    /** Naming a professional as author. */
    public DocumentFixture naming(String name) {
        authors.add(Cast.subject(name));
        return this;
    }

    /** Superseded by a newer version. */
    public DocumentFixture superseded() {
        current = false;
        return this;
    }

    /** Archived. */
    public DocumentFixture archived() {
        archived = true;
        return this;
    }

    /** Logically deleted. */
    public DocumentFixture deleted() {
        deleted = true;
        return this;
    }

    /** Masked, by the holder himself. */
    public DocumentFixture maskedByHolder() {
        maskedByHolder = true;
        return labelled(Visibility.MASQUE_PS);
    }

    /** Deposited at that instant; three days before the cases otherwise. */
    public DocumentFixture deposited(Instant at) {
        depositedAt = at;
        return this;
    }

    /** The facts. */
    public DocumentFacts build() {
        Optional<ActorCode> role = depositor.kind() == CallerKind.HOLDER
                ? Optional.of(ActorCode.HOLDER)
                : depositor.role().map(ActorCode::new);
        return new DocumentFacts(
                patient,
                type,
                classCode,
                labels,
                new Depositor(depositor.subject(), role, depositor.structure().map(StructureId::new)),
                authors,
                current,
                archived,
                deleted,
                maskedByHolder,
                depositedAt);
    }
}
