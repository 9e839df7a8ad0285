package fr.carnet.messaging.xdm;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.messaging.xdm.UnreadableXdm.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XdmReaderTest {

    private static final byte[] SOMETHING = "something".getBytes(UTF_8);

    @Test
    void documentComesWithItsMetadata() throws UnreadableXdm {
        byte[] cda = Archives.cda("vsm");

        assertThat(XdmReader.read(Archives.of(cda), Archives.LIMITS))
                .singleElement()
                .satisfies(d -> assertThat(d.content()).isEqualTo(cda));
    }

    @Test
    void lowerCaseNamesAreTheSameNames() throws UnreadableXdm {
        Map<String, byte[]> files = new HashMap<>();
        Archives.files(Archives.of(Archives.cda("vsm")))
                .forEach((name, content) -> files.put(name.toLowerCase(Locale.ROOT), content));

        assertThat(XdmReader.read(Archives.zip(files), Archives.LIMITS)).hasSize(1);
    }

    @Test
    void metadataInAnotherEncodingAreRead() throws UnreadableXdm {
        Map<String, byte[]> files = Archives.files(Archives.of(Archives.cda("vsm")));
        String text = new String(files.get(Archives.METADATA), UTF_8).replaceFirst("encoding=\"UTF-8\"", "");
        files.put(Archives.METADATA, text.getBytes(UTF_16));

        assertThat(XdmReader.read(Archives.zip(files), Archives.LIMITS))
                .isEqualTo(XdmReader.read(Archives.of(Archives.cda("vsm")), Archives.LIMITS));
    }

    @Test
    void severalSubsetsAreAllRead() throws UnreadableXdm {
        Map<String, byte[]> files = Archives.files(Archives.of(Archives.cda("vsm")));
        Archives.files(Archives.of(Archives.cda("discharge")))
                .forEach((name, content) -> files.put(name.replace("SUBSET01", "SUBSET02"), content));

        assertThat(XdmReader.read(Archives.zip(files), Archives.LIMITS)).hasSize(2);
    }

    @Test
    void nestedArchiveIsNeverOpened() throws UnreadableXdm {
        byte[] nested = Archives.sound()
                .file("IHE_XDM/SUBSET01/NESTED.ZIP", Archives.of(Archives.cda("discharge")))
                .bytes();

        assertThat(XdmReader.read(nested, Archives.LIMITS)).hasSize(1);
    }

    @FaultTest(17)
    @Test
    void bombIsRefusedBeforeItUnpacks() {
        byte[] bomb = Archives.sound().file("BOMB", new byte[4_000_000]).bytes();
        refused(bomb, Reason.TOO_LARGE);
        FaultReport.tell(17, "an archive by mail that unpacks to 4 MB and more", bomb.length, "bytes read", "refused");
    }

    @Test
    void totalIsBounded() {
        Archives.Zip zip = Archives.sound();
        IntStream.range(0, 10).forEach(i -> zip.file("F" + i, new byte[900_000]));

        refused(zip.bytes(), Reason.TOO_LARGE);
    }

    @Test
    void numberOfEntriesIsBounded() {
        Archives.Zip zip = Archives.sound();
        IntStream.range(0, 20).forEach(i -> zip.file("F" + i, SOMETHING));

        refused(zip.bytes(), Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.txt",
                "IHE_XDM/../../evil.txt",
                "/etc/evil.txt",
                "IHE_XDM//evil.txt",
                "C:/evil.txt",
                "IHE_XDM\\SUBSET01\\..\\evil.txt",
                "./evil.txt",
                "IHE_XDM/..",
                "evil\u0000.txt",
                "evil\n.txt"
            })
    void nameThatLeavesTheArchiveIsRefused(String name) {
        refused(Archives.sound().file(name, SOMETHING).bytes(), Reason.UNSAFE_NAME);
    }

    @Test
    void linkIsRefused() {
        refused(
                Archives.sound()
                        .link("IHE_XDM/SUBSET01/LINK.XML", "/etc/passwd")
                        .bytes(),
                Reason.UNSAFE_NAME);
    }

    @Test
    void sameNameTwiceIsRefused() {
        refused(Archives.sound().file(Archives.DOCUMENT, SOMETHING).bytes(), Reason.UNSAFE_NAME);
    }

    @Test
    void sameNameInAnotherCaseIsRefused() {
        refused(
                Archives.sound()
                        .file(Archives.METADATA.toLowerCase(Locale.ROOT), SOMETHING)
                        .bytes(),
                Reason.UNSAFE_NAME);
    }

    @Test
    void documentTypeIsNeverRead() {
        refused(
                Archives.edited(
                        "<lcm:SubmitObjectsRequest",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><lcm:SubmitObjectsRequest"),
                Reason.DOCTYPE);
    }

    @Test
    void otherDocumentThanAnnouncedIsRefused() {
        Map<String, byte[]> files = Archives.files(Archives.of(Archives.cda("vsm")));
        byte[] changed = files.get(Archives.DOCUMENT).clone();
        changed[changed.length - 2] ^= 1;
        files.put(Archives.DOCUMENT, changed);

        refused(Archives.zip(files), Reason.WRONG_HASH);
    }

    @Test
    void longerDocumentThanAnnouncedIsRefused() {
        Map<String, byte[]> files = Archives.files(Archives.of(Archives.cda("vsm")));
        byte[] content = files.get(Archives.DOCUMENT);
        files.put(Archives.DOCUMENT, Arrays.copyOf(content, content.length + 1));

        refused(Archives.zip(files), Reason.WRONG_SIZE);
    }

    @Test
    void documentThatIsAnnouncedAndNotThereIsRefused() {
        Map<String, byte[]> files = Archives.files(Archives.of(Archives.cda("vsm")));
        files.remove(Archives.DOCUMENT);

        refused(Archives.zip(files), Reason.NO_DOCUMENT);
    }

    @Test
    void documentOutsideItsSubsetIsNotThere() {
        refused(Archives.edited("DOC00001.XML", "../../README.TXT"), Reason.NO_DOCUMENT);
    }

    @Test
    void archiveWithoutMetadataIsRefused() {
        Map<String, byte[]> files = Archives.files(Archives.of(Archives.cda("vsm")));
        files.remove(Archives.METADATA);

        refused(Archives.zip(files), Reason.NO_METADATA);
    }

    @Test
    void documentWithoutMandatoryAttributeIsRefused() {
        refused(Archives.edited("name=\"hash\"", "name=\"crash\""), Reason.MISSING);
        refused(Archives.edited(Ebrim.TYPE, Ebrim.EVENT), Reason.MISSING);
    }

    @Test
    void attributeThatCannotBeReadIsRefused() {
        refused(Archives.edited("284057505601204^^^", "284057505601205^^^"), Reason.INVALID);
    }

    @Test
    void metadataOfSomethingElseAreRefused() {
        refused(Archives.edited("SubmitObjectsRequest", "RemoveObjectsRequest"), Reason.METADATA_MALFORMED);
        refused(Archives.edited("</rim:RegistryObjectList>", ""), Reason.METADATA_MALFORMED);
    }

    @Test
    void metadataWithoutEndInDepthAreRefused() {
        String deep = "<rim:Slot>".repeat(100) + "</rim:Slot>".repeat(100);

        refused(Archives.edited("</rim:RegistryObjectList>", deep + "</rim:RegistryObjectList>"), Reason.TOO_LARGE);
    }

    @Test
    void whatIsNoZipIsRefused() {
        refused(SOMETHING, Reason.MALFORMED);
        refused(new byte[0], Reason.MALFORMED);
        byte[] archive = Archives.of(Archives.cda("vsm"));
        refused(Arrays.copyOf(archive, archive.length / 2), Reason.MALFORMED);
    }

    @Test
    void refusalNeverRepeatsContent() {
        UnreadableXdm refusal = refusal(Archives.edited("284057505601204^^^", "284057505601205^^^"));

        assertThat(refusal).hasMessageNotContainingAny("2840575", "MOREAU");
    }

    private static void refused(byte[] archive, Reason reason) {
        assertThat(refusal(archive).reason()).isEqualTo(reason);
    }

    private static UnreadableXdm refusal(byte[] archive) {
        return catchThrowableOfType(() -> XdmReader.read(archive, Archives.LIMITS), UnreadableXdm.class);
    }
}
