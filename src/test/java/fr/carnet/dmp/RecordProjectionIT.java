package fr.carnet.dmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.policy.RecordState;
import fr.carnet.shared.Ins;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class RecordProjectionIT extends RecordIT {

    private static final long SEED = 20261121;
    private static final List<String> PROFESSIONALS = List.of(Cases.MARTIN, Cases.LEROY, Cases.PETIT);

    @Autowired
    TransactionTemplate transaction;

    private String registered(Ins ins) {
        return registration.register(Cases.open(ins)).getIdElement().getIdPart();
    }

    private PatientFacts facts(String patientId, String professional) {
        return records.byId(patientId, Cases.professional(professional)).orElseThrow();
    }

    private Consent choice(Consent consent) {
        if (!consent.hasPerformer()) {
            consent.addPerformer(consent.getPatient());
        }
        return registration.register(consent.setDateTime(Date.from(Cases.NOW)));
    }

    @Test
    void factsSayWhatTheResourcesSay() {
        Ins ins = Cases.ins();
        Patient patient = Cases.open(ins);
        Cases.treatedBy(patient, Cases.MARTIN);
        String id = registration.register(patient).getIdElement().getIdPart();
        choice(Cases.authorisation(id, Cases.LEROY));
        choice(Cases.block(id, Cases.PETIT));
        choice(Cases.choice("oppose-bris-de-glace", id));
        registration.register(Cases.related(id, "mother", "MTH"));
        registration.register(Cases.related(id, "guardian", "GUARD"));

        PatientFacts facts = records.byIns(ins, Cases.operator()).orElseThrow();

        assertThat(facts.id()).isEqualTo(id);
        assertThat(facts.state()).isEqualTo(RecordState.OPENED_ACTIVATED);
        assertThat(facts.stateSince()).isEqualTo(Instant.parse("2026-01-05T08:00:00Z"));
        assertThat(facts.treatingPhysician()).contains(Cases.MARTIN);
        assertThat(facts.authorisations())
                .extracting(PatientFacts.Authorisation::professional)
                .containsExactly(Cases.LEROY);
        assertThat(facts.choices().blocked()).containsExactly(Cases.PETIT);
        assertThat(facts.choices().opposesBreakGlass()).isTrue();
        assertThat(facts.choices().opposesRegulation()).isFalse();
        assertThat(facts.representatives())
                .containsExactlyInAnyOrder(
                        new Representative("mother", Title.PARENT, Optional.empty(), Optional.empty(), false),
                        new Representative("guardian", Title.GUARDIAN, Optional.empty(), Optional.empty(), false));
    }

    @Test
    void onlyTheTeamsOfTheCallerCount() {
        String id = registered(Cases.ins());
        String other = registered(Cases.ins());
        String structure = registration
                .register(Cases.team(null, "899700100901", "899700100902"))
                .getIdElement()
                .getIdPart();
        String own = registration
                .register(Cases.team(id, "899700100901"))
                .getIdElement()
                .getIdPart();
        registration.register(Cases.team(other, "899700100901"));

        assertThat(facts(id, "899700100901").teams())
                .extracting(PatientFacts.CareTeam::id)
                .containsExactlyInAnyOrder(structure, own);
        assertThat(facts(id, "899700100902").teams())
                .containsExactly(new PatientFacts.CareTeam(
                        structure,
                        java.util.Set.of("899700100901", "899700100902"),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(facts(id, "899700100903").teams()).isEmpty();
    }

    @Test
    void dissolvedTeamDisappears() {
        String id = registered(Cases.ins());
        CareTeam team = registration.register(Cases.team(id, Cases.PETIT)).copy();

        daos.getResourceDao(CareTeam.class)
                .update(team.setStatus(CareTeam.CareTeamStatus.INACTIVE), SystemWrite.request());

        assertThat(facts(id, Cases.PETIT).teams()).isEmpty();
    }

    @Test
    void rolledBackTransactionLeavesNoFacts() {
        Ins ins = Cases.ins();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    registration.register(Cases.open(ins));
                    throw new IllegalStateException("fault");
                }))
                .hasMessage("fault");

        assertThat(records.byIns(ins, Cases.operator())).isEmpty();
    }

    @Test
    void concurrentConsentsLoseNothing() throws Exception {
        String id = registered(Cases.ins());
        var threads = Executors.newFixedThreadPool(4);
        List<Callable<Consent>> declarations = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String professional = "89970020" + (1000 + i);
            declarations.add(() -> choice(Cases.authorisation(id, professional)));
        }

        for (var declared : threads.invokeAll(declarations)) {
            declared.get();
        }

        assertThat(facts(id, Cases.MARTIN).authorisations()).hasSize(12);
        threads.shutdown();
    }

    @Test
    void rebuiltFactsEqualThoseOfARandomHistory() {
        var random = new Random(SEED);
        List<String> patientIds = List.of(registered(Cases.ins()), registered(Cases.ins()), registered(Cases.ins()));
        List<Resource> stored = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            step(random, patientIds.get(random.nextInt(patientIds.size())), stored);
        }
        String incremental = everything();
        assertThat(rebuild.drift((done, total) -> {})).isEmpty();

        rebuild.rebuild((done, total) -> {});

        assertThat(stored).hasSizeGreaterThan(20);
        assertThat(everything()).isEqualTo(incremental);
    }

    @Test
    void rebuildBesideWritersLosesNothingAndHoldsUpNobodyElse() throws Exception {
        String id = registered(Cases.ins());
        String held = registered(Cases.ins());
        var threads = Executors.newFixedThreadPool(2);
        var writers = threads.submit(() -> {
            for (int i = 0; i < 20; i++) {
                choice(Cases.authorisation(id, "89970030" + (1000 + i)));
            }
        });
        var rebuilder = threads.submit(() -> rebuild.rebuild((done, total) -> {}));
        writers.get();
        rebuilder.get();
        assertThat(facts(id, Cases.MARTIN).authorisations()).hasSize(20);
        assertThat(rebuild.drift((done, total) -> {})).isEmpty();

        // somebody holds one patient: the rebuild waits for him, writers of other patients wait for nobody
        var waiting = transaction.execute(status -> {
            dsl.execute("select 1 from carnet.patient_facts where patient_id = ? for update", held);
            var rebuilding = threads.submit(() -> rebuild.rebuild((done, total) -> {}));
            var other = threads.submit(() -> choice(Cases.block(id, Cases.LEROY)));
            assertThat(other).succeedsWithin(Duration.ofSeconds(30));
            return rebuilding;
        });
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(60));
        assertThat(facts(id, Cases.MARTIN).choices().blocked()).containsExactly(Cases.LEROY);
        threads.shutdown();
    }

    @Test
    void spoiltRowsAreNamedAndNothingIsWritten() {
        String blocked = registered(Cases.ins());
        choice(Cases.block(blocked, Cases.LEROY));
        String missing = registered(Cases.ins());
        String unindexed = registered(Cases.ins());
        String declared =
                choice(Cases.block(unindexed, Cases.LEROY)).getIdElement().getIdPart();
        String mother = registration
                .register(Cases.related(unindexed, "mother", "MTH"))
                .getIdElement()
                .getIdPart();
        String team = registration
                .register(Cases.team(unindexed, Cases.PETIT))
                .getIdElement()
                .getIdPart();
        dsl.execute(
                "update carnet.patient_facts set facts = jsonb_set(facts, '{consents}', '{}') where patient_id = ?",
                blocked);
        dsl.execute("delete from carnet.patient_facts where patient_id = ?", missing);
        dsl.execute("update carnet.care_team set members = '{}' where id = ?", team);
        dsl.execute("delete from carnet.consent where id = ?", declared);
        dsl.execute("update carnet.related_person set patient_id = ? where id = ?", blocked, mother);
        dsl.execute("insert into carnet.care_team (id, members) values ('orphan', '{}')");
        String spoilt = everything();

        assertThat(rebuild.drift((done, total) -> {}))
                .containsExactlyInAnyOrder(blocked, missing, unindexed, team, declared, mother, "orphan");

        assertThat(everything()).isEqualTo(spoilt);
        rebuild.rebuild((done, total) -> {});
        assertThat(rebuild.drift((done, total) -> {})).isEmpty();
        assertThat(facts(blocked, Cases.LEROY).choices().blocked()).containsExactly(Cases.LEROY);
    }

    private void step(Random random, String patientId, List<Resource> stored) {
        String professional = PROFESSIONALS.get(random.nextInt(PROFESSIONALS.size()));
        switch (random.nextInt(18)) {
            case 0 -> stored.add(choice(Cases.authorisation(patientId, professional)));
            case 1 -> stored.add(choice(Cases.block(patientId, professional)));
            case 2 -> stored.add(choice(Cases.choice("oppose-centre-15", patientId)));
            case 3 -> stored.add(registration.register(Cases.related(patientId, "local-" + random.nextInt(9), "MTH")));
            case 4 -> stored.add(registration.register(Cases.team(patientId, Cases.MARTIN)));
            case 5 -> change(patientId, random);
            case 6 -> stored.add(choice(Cases.choice("mask-all", patientId)));
            case 7 -> stored.add(choice(Cases.naming("treating-physician-rights", patientId, professional)));
            case 8 -> stored.add(choice(Cases.reasoned(Cases.naming("oppose-deposit", patientId, professional))));
            case 9 -> stored.add(choice(Cases.service(patientId, "service", "29274-8", "DOCPAT03", "SYNTH")));
            case 10 -> stored.add(choice(Cases.naming("nursing-home", patientId, professional)));
            case 11 ->
                stored.add(registration.register(
                        Cases.dated(Cases.related(patientId, "guardian", "GUARD"), "2020-01", "2027")));
            case 12 -> stored.add(registration.register(Cases.curator(patientId, "curator-" + random.nextInt(3))));
            case 13 -> stored.add(choice(Cases.agreement(patientId, "curator-" + random.nextInt(3))));
            case 14 -> stored.add(registration.register(Cases.team(null, professional)));
            case 15 -> changeTeam(stored, random, professional);
            default -> end(stored, random);
        }
    }

    private void change(String patientId, Random random) {
        var dao = daos.getResourceDao(Patient.class);
        Patient patient = dao.read(new org.hl7.fhir.r4.model.IdType("Patient", patientId), SystemWrite.request())
                .copy();
        patient.getNameFirstRep().setFamily("MOREAU-" + random.nextInt(100));
        registration.register(patient);
    }

    private void changeTeam(List<Resource> stored, Random random, String professional) {
        stored.stream()
                .filter(CareTeam.class::isInstance)
                .map(team -> daos.getResourceDao(CareTeam.class)
                        .read(team.getIdElement().toVersionless(), SystemWrite.request())
                        .copy())
                .skip(random.nextInt(3))
                .findFirst()
                .ifPresent(team -> {
                    team.getParticipant().clear();
                    team.addParticipant().setMember(new Reference().setIdentifier(Cases.ps(professional)));
                    team.getPeriod().getEndElement().setValueAsString("2027-0" + (1 + random.nextInt(9)));
                    daos.getResourceDao(CareTeam.class).update(team, SystemWrite.request());
                });
    }

    private void end(List<Resource> stored, Random random) {
        if (stored.isEmpty()) {
            return;
        }
        Resource resource = stored.get(random.nextInt(stored.size()));
        if (resource instanceof Consent consent) {
            Consent current = consentResources
                    .byId(consent.getIdElement().getIdPart())
                    .orElseThrow()
                    .copy();
            daos.getResourceDao(Consent.class).update(current.setStatus(ConsentState.INACTIVE), SystemWrite.request());
        } else if (resource instanceof RelatedPerson person) {
            RelatedPerson ended = person.copy();
            ended.setId(person.getIdElement().toVersionless());
            daos.getResourceDao(RelatedPerson.class).update(ended.setActive(false), SystemWrite.request());
        } else if (resource instanceof CareTeam team) {
            CareTeam ended = team.copy();
            ended.setId(team.getIdElement().toVersionless());
            daos.getResourceDao(CareTeam.class)
                    .update(ended.setStatus(CareTeam.CareTeamStatus.INACTIVE), SystemWrite.request());
        }
    }

    private String everything() {
        return List.of(
                        "patient_id, ins_system, ins_value, version, facts::text as facts, due_on"
                                + " from carnet.patient_facts order by patient_id",
                        "* from carnet.care_team order by id",
                        "* from carnet.consent order by id",
                        "* from carnet.related_person order by id")
                .stream()
                .map(rows -> dsl.fetch("select " + rows).formatCSV())
                .collect(Collectors.joining());
    }
}
