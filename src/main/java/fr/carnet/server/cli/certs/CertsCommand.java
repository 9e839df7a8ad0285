package fr.carnet.server.cli.certs;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.Voice;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.SandboxAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code certs}: the files of a structure's certificates, from the authority of a sandbox. Exit codes: 0 done, 1 no sandbox or
 * refused, 2 bad arguments.
 */
@Command(name = "certs", mixinStandardHelpOptions = true, sortOptions = false)
public final class CertsCommand implements Callable<Integer> {

    private static final String BOTH = "auth-cli,sign";

    @Mixin
    private Voice voice;

    @Option(names = "--base", defaultValue = "http://localhost:8080/fhir")
    private URI base;

    @Option(names = "--structure")
    private String structure;

    @Option(names = "--usage", split = ",", defaultValue = BOTH, descriptionKey = "carnet.certs.for")
    private List<String> usages;

    @Option(names = "--case", defaultValue = "valid")
    private String wanted;

    @Option(names = "--out", defaultValue = ".")
    private Path folder;

    @Option(names = "--password", defaultValue = "carnet")
    private String password;

    @Option(names = "--revoke", paramLabel = "<serial>")
    private String serial;

    @Override
    public Integer call() throws IOException {
        SandboxAuthority authority = new SandboxAuthority(new FhirClient(base));
        if (serial != null) {
            voice.say("certs.revoked", serial, authority.revoke(serial));
            return 0;
        }
        if (structure == null) {
            throw voice.refusal("certs.which");
        }
        Files.createDirectories(folder);
        for (String usage : usages) {
            write(
                    usage,
                    authority.order(
                            Map.of("structure", structure, "usage", usage, "case", wanted, "password", password)));
        }
        return 0;
    }

    private void write(String usage, JsonNode made) throws IOException {
        String name = structure + "-" + usage;
        Path certificate = folder.resolve(name + ".pem");
        Files.writeString(certificate, made.path("certificate").asText());
        writeSecret(name + ".key", made.path("key").asText().getBytes(StandardCharsets.US_ASCII));
        writeSecret(
                name + ".p12", Base64.getDecoder().decode(made.path("pkcs12").asText()));
        Files.writeString(
                folder.resolve("authorities.pem"), made.path("authorities").asText());
        voice.say(
                "certs.written",
                certificate,
                made.path("serial").asText(),
                made.path("not_before").asText(),
                made.path("not_after").asText());
    }

    /** For the owner's eyes only, where the file system can say so. */
    private void writeSecret(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, content);
    }
}
