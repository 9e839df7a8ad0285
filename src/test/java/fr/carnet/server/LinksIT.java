package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document.Kind;
import fr.carnet.server.cli.client.Person;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Page links: they hold no person's name, walk every row once, and are judged for whoever follows them. */
class LinksIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final Person PATIENT = Published.NESSI;
    private static final Consents CONSENTS = new Consents();
    private static final List<Published> DOCUMENTS = new ArrayList<>();
    private static String martin;
    private static String nurse;

    @BeforeAll
    static void publish() {
        CONSENTS.declare(PATIENT, "dr-martin", "899700100011");
        CONSENTS.declare(PATIENT, "nurse-petit", "899700100037");
        for (int i = 0; i < 4; i++) {
            DOCUMENTS.add(Published.of(PATIENT, Kind.CONSULTATION));
        }
        DOCUMENTS.add(Published.of(PATIENT, Kind.PSYCHIATRIC_SYNTHESIS));
        martin = SERVER.token("dr-martin");
        nurse = SERVER.token("nurse-petit");
    }

    @AfterAll
    static void endConsents() {
        CONSENTS.close();
    }

    private static String search(String more) {
        return "DocumentReference?" + Published.of(PATIENT) + "&status=current" + more;
    }

    @Test
    void linksNameNobody() {
        String id = "899700100011";
        List<String> searches = List.of(
                search("&_count=1"),
                search("&_count=1&author.family=Zibeline"),
                search("&_count=1&author.family:contains=zibel"),
                search("&_count=1&author.given=Claire"),
                search("&_count=1&author.identifier=" + Call.escaped("urn:oid:1.2.250.1.71.4.2.1|" + id)),
                search("&_count=1&author=" + id),
                search("&_count=1&identifier:not=" + Call.escaped(PATIENT.ins().token())),
                "List?code=submissionset&" + Published.of(PATIENT) + "&status=current&_count=1&source.family=Zibeline",
                "List?code=submissionset&" + Published.of(PATIENT) + "&status=current&_count=1&source.given=Claire",
                "List?code=submissionset&" + Published.of(PATIENT) + "&status=current&_count=1&source.identifier="
                        + id);
        for (String search : searches) {
            for (Ask ask : List.of(Ask.get(search), Ask.form(search))) {
                Reply page = RawHttp.send(martin, ask);
                assertThat(page.status()).as(page.body()).isEqualTo(200);
                assertThat(page.link("next")).as(search).isNotEmpty();
                bare(page);
                Reply second = RawHttp.get(martin, page.link("next"));
                assertThat(second.total()).as(search).isEqualTo(page.total());
                assertThat(second.ids()).doesNotContainAnyElementsOf(page.ids());
                assertThat(second.link("previous")).isNotEmpty();
                bare(second);
                assertThat(RawHttp.get(martin, second.link("previous")).ids()).isEqualTo(page.ids());
                assertThat(RawHttp.get(martin, second.link("self")).ids()).isEqualTo(second.ids());
            }
        }
    }

    private static void bare(Reply page) {
        for (String relation : List.of("self", "next", "previous", "first", "last")) {
            assertThat(page.link(relation).toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain(
                            PATIENT.ins().value(),
                            "zibel",
                            "claire",
                            "899700100011",
                            "nessi",
                            martin.substring(0, 20).toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Channel(33)
    @Test
    void nextLinksWalkEveryRowOnce() {
        for (String size : List.of("1", "2", "3", "200")) {
            for (String sort : List.of("", "&_sort=date", "&_sort=-date", "&_sort=_lastUpdated")) {
                for (String token : List.of(martin, nurse)) {
                    Reply all = RawHttp.get(token, search("&_count=200" + sort));
                    List<String> walked = new ArrayList<>();
                    String next = search("&_count=" + size + sort);
                    while (!next.isEmpty()) {
                        Reply page = RawHttp.get(token, next);
                        assertThat(page.total()).isEqualTo(all.total());
                        walked.addAll(page.ids());
                        next = page.link("next");
                    }
                    assertThat(walked).isEqualTo(all.ids()).hasSize(all.total()).doesNotHaveDuplicates();
                }
            }
        }
    }

    @Channel({24, 35})
    @Test
    void totalsAreThoseOfTheCaller() {
        int mine = RawHttp.get(martin, search("")).total();
        int hers = RawHttp.get(nurse, search("")).total();
        assertThat(hers).isLessThan(mine);
        String psychiatric = DOCUMENTS.get(4).id();
        assertThat(RawHttp.get(martin, search("&_count=200")).ids()).contains(psychiatric);
        assertThat(RawHttp.get(nurse, search("&_count=200")).ids())
                .hasSize(hers)
                .doesNotContain(psychiatric);
    }

    @Channel(34)
    @Test
    void aLinkIsJudgedForWhoeverFollowsIt() {
        String next = RawHttp.get(martin, search("&_count=1")).link("next");
        assertThat(RawHttp.get(nurse, next).total())
                .isEqualTo(RawHttp.get(nurse, search("")).total())
                .isLessThan(RawHttp.get(martin, next).total());
        Reply refused = RawHttp.get(SERVER.token("physio"), next);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.codes()).containsExactly("R36");
        assertThat(RawHttp.get("", next).status()).isEqualTo(401);
    }

    @FaultTest(32)
    @Channel(36)
    @Test
    void aWithdrawnConsentClosesTheSecondPage() {
        Consents once = new Consents();
        once.declare(PATIENT, "midwife", "899700100078");
        String midwife = SERVER.token("midwife");
        String next = RawHttp.get(midwife, search("&_count=1")).link("next");
        assertThat(RawHttp.get(midwife, next).status()).isEqualTo(200);
        once.endLast();
        Reply refused = RawHttp.get(midwife, next);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.codes()).containsExactly("R36");
        FaultReport.tell(
                32,
                "a consent ended between two pages",
                refused.codes().size(),
                "refusal of the page that was served before",
                "403 R36");
    }

    @Channel({33, 72})
    @Test
    void aDocumentThatVanishesBetweenTwoPagesLeavesNoHole() {
        Published document = Published.of(PATIENT, Kind.CONSULTATION);
        Reply first = RawHttp.get(nurse, search("&_count=1&_sort=date"));
        assertThat(SERVER.send(martin, Choices.masking(document.path())).status())
                .isIn(200, 403);
        Reply all = RawHttp.get(nurse, search("&_count=200&_sort=date"));
        Reply second = RawHttp.get(nurse, first.link("next"));
        assertThat(second.total()).isEqualTo(all.total());
        assertThat(second.ids()).isEqualTo(all.ids().subList(1, 2));
    }

    @Channel(33)
    @Test
    void whatArrivesBetweenTwoPagesNeitherHidesNorRepeats() {
        for (String sort : List.of("", "&_sort=date", "&_sort=-date", "&_sort=creation,-date", "&_sort=-period")) {
            List<String> before =
                    RawHttp.get(martin, search("&_count=200" + sort)).ids();
            List<String> walked = new ArrayList<>();
            String next = search("&_count=2" + sort);
            while (!next.isEmpty()) {
                Reply page = RawHttp.get(martin, next);
                walked.addAll(page.ids());
                next = page.link("next");
                if (walked.size() == 2) {
                    Published.of(PATIENT, Kind.CONSULTATION);
                    Published replaced = Published.of(PATIENT, Kind.CONSULTATION);
                    assertThat(SERVER.send(martin, deletion(replaced)).status()).isEqualTo(200);
                }
            }
            assertThat(walked).as(sort).doesNotHaveDuplicates().containsAll(before);
            assertThat(walked.stream().filter(before::contains)).as(sort).containsExactlyElementsOf(before);
        }
    }

    @Channel(33)
    @Test
    void whatLeavesBetweenTwoPagesHidesNothingElse() {
        Published newest = Published.of(PATIENT, Kind.CONSULTATION);
        List<String> before = RawHttp.get(martin, search("&_count=200")).ids();
        Reply first = RawHttp.get(martin, search("&_count=2"));
        assertThat(first.ids()).contains(newest.id());
        assertThat(SERVER.send(martin, deletion(newest)).status()).isEqualTo(200);
        Reply second = RawHttp.get(martin, first.link("next"));
        assertThat(second.ids()).isEqualTo(before.subList(2, 4));
        assertThat(second.total()).isEqualTo(before.size() - 1);
    }

    private static Call deletion(Published document) {
        return Choices.deletion(document.path());
    }

    @Test
    void linksNameNoDocument() {
        for (String type : List.of("", "&_sort=-_lastUpdated", "&_revinclude=List:item")) {
            Reply page = RawHttp.get(martin, search("&_count=1" + type));
            Reply second = RawHttp.get(martin, page.link("next"));
            for (String link : List.of(page.link("next"), second.link("previous"), second.link("self"))) {
                assertThat(link)
                        .doesNotContain(page.ids())
                        .doesNotContain(second.ids())
                        .doesNotContain("_after");
            }
        }
    }

    @Test
    void aFormFindsWhatAQueryFinds() {
        for (String more :
                List.of("", "&_count=2&_sort=date", "&type=11488-4", "&_summary=count", "&author.family=Zibeline")) {
            Reply byQuery = RawHttp.get(martin, search(more));
            Reply byForm = RawHttp.send(martin, Ask.form(search(more)));
            assertThat(byForm.status()).as(byForm.body()).isEqualTo(200);
            assertThat(byForm.total()).isEqualTo(byQuery.total());
            assertThat(byForm.ids()).isEqualTo(byQuery.ids());
            assertThat(byForm.comparable(java.util.Map.of())).isEqualTo(byQuery.comparable(java.util.Map.of()));
        }
    }

    @Test
    void emptyAndFarPagesAreHonest() {
        int total = RawHttp.get(martin, search("")).total();
        Reply none = RawHttp.get(martin, search("&_count=0"));
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.total()).isEqualTo(total);
        assertThat(none.ids()).isEmpty();
        assertThat(none.link("next")).isEmpty();
        Reply far = RawHttp.get(martin, search("&_count=2&_offset=" + (total + 10)));
        assertThat(far.status()).isEqualTo(200);
        assertThat(far.total()).isEqualTo(total);
        assertThat(far.ids()).isEmpty();
        assertThat(far.link("next")).isEmpty();
        for (String wrong : List.of("_count=-1", "_count=x", "_offset=-1", "_offset=99999999999", "_count=")) {
            assertThat(RawHttp.get(martin, search("&" + wrong)).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void aForgedSealIsRefused() {
        String next =
                RawHttp.get(martin, search("&_count=1&author.family=Zibeline")).link("next");
        assertThat(next).contains("_sealed=");
        for (String forged : List.of(
                next.replaceAll("_sealed=.", "_sealed=0").replaceAll("_sealed=0(.)", "_sealed=00"),
                next.replaceAll("_sealed=[^&]*", "_sealed=AAAA"),
                next.replaceAll("_sealed=[^&]*", "_sealed=%3F"))) {
            Reply refused = RawHttp.get(martin, forged);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.codes()).containsExactly("broken-link");
        }
    }
}
