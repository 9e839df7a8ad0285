package fr.carnet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.RecordState;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.IdNatPs;
import java.time.LocalDate;
import java.time.Period;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CastTest {

    private final Cast cast = Cast.load();

    @Test
    void castIsComplete() {
        assertThat(cast.actors()).hasSize(36);
        assertThat(cast.patients()).hasSize(10);
        assertThat(cast.structures()).hasSize(17);
    }

    @Test
    void everyReferenceWithinTheCastIsKnown() {
        Stream<String> structures = Stream.concat(
                cast.actors().stream().flatMap(actor -> actor.structure().stream()),
                cast.teams().stream().map(CastTeam::structure));
        Stream<String> actors = Stream.of(
                        cast.teams().stream().flatMap(team -> team.members().stream()),
                        cast.patients().stream().flatMap(p -> p.blocks().stream()),
                        cast.patients().stream().flatMap(p -> p.treatingPhysician().stream()))
                .flatMap(ids -> ids);
        Stream<String> patients = Stream.concat(
                cast.actors().stream().flatMap(actor -> actor.represents().stream()),
                cast.actors().stream()
                        .filter(a -> a.kind() == CallerKind.HOLDER)
                        .map(Actor::id));

        assertThat(structures).allMatch(id -> cast.structure(id).isPresent());
        assertThat(actors).allMatch(id -> cast.actor(id).isPresent());
        assertThat(patients).allMatch(id -> cast.patient(id).isPresent());
    }

    @Test
    void professionalsHaveWhatAProfessionalHas() {
        assertThat(cast.actors())
                .filteredOn(actor -> actor.kind() == CallerKind.PROFESSIONAL)
                .allSatisfy(actor -> {
                    assertThat(new IdNatPs(actor.idNatPs().orElseThrow()).value())
                            .startsWith("8");
                    assertThat(new ActorCode(actor.profession().orElseThrow()).code())
                            .isNotBlank();
                    assertThat(actor.sector()).isPresent();
                    assertThat(actor.structure()).isPresent();
                });
    }

    @Test
    void relationsOfTheStoryHold() {
        CastPatient alice = cast.patient("alice").orElseThrow();

        assertThat(alice.treatingPhysician()).contains("dr-martin");
        assertThat(alice.blocks()).containsExactly("dr-blocked");
        assertThat(cast.teams()).singleElement().satisfies(team -> assertThat(team.members())
                .containsExactly("dr-leroy", "nurse-h"));
        assertThat(cast.actor("chloe-mother").orElseThrow().represents()).containsExactly("chloe");
        assertThat(cast.patient("gina").orElseThrow().informedBefore()).contains(Period.ofDays(41));
        assertThat(cast.patient("hugo").orElseThrow().informedBefore()).contains(Period.ofDays(20));
        assertThat(cast.patient("emma").orElseThrow().closedOn()).contains(LocalDate.of(2026, 3, 1));
        assertThat(cast.patient("emma").orElseThrow().state()).isEqualTo(RecordState.CLOSED);
    }
}
