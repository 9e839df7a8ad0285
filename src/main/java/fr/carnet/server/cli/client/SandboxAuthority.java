package fr.carnet.server.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The certificate authority of a sandbox, {@code POST /sandbox/certificates} beside its FHIR base. */
public final class SandboxAuthority {

    private static final String PATH = "sandbox/certificates";

    private final FhirClient server;

    /** @param server a server that runs with the profile sandbox */
    public SandboxAuthority(FhirClient server) {
        this.server = server;
    }

    /**
     * Orders a certificate.
     *
     * @param fields {@code structure}, {@code usage}, {@code case}, {@code password}
     * @return {@code serial}, {@code certificate}, {@code key}, {@code authorities} (PEM), {@code pkcs12} (base64) and dates
     * @throws IOException if there is no sandbox, or it refuses
     */
    public JsonNode order(Map<String, String> fields) throws IOException {
        return post(PATH, SandboxIssuer.form(new TreeMap<>(fields)), "serial");
    }

    /**
     * Revokes a certificate.
     *
     * @param serial its number in hexadecimal
     * @return since when it is revoked
     * @throws IOException if there is no sandbox, or it does not know that number
     */
    public String revoke(String serial) throws IOException {
        return post(PATH + "/" + Call.escaped(serial) + "/revoke", "", "revoked")
                .path("revoked")
                .asText();
    }

    private JsonNode post(String path, String form, String expected) throws IOException {
        Answer answer = server.sendForm(path, form);
        JsonNode json = answer.json();
        if (answer.status() != 200 || !json.has(expected)) {
            throw new IOException(PATH + ": HTTP " + answer.status() + " "
                    + json.path("error_description").asText());
        }
        return json;
    }
}
