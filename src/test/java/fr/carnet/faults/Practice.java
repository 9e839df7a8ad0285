package fr.carnet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.Publication;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.Registration;
import fr.carnet.server.cli.client.UniqueId;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The practice of Dr Martin, before a production server: it opens records, publishes, finds again and reads. */
public final class Practice {

    private final Issuer issuer;
    private final FhirClient server;

    /**
     * @param issuer that the server trusts
     * @param server as it is reached from here, whatever its public address is
     */
    public Practice(Issuer issuer, FhirClient server) {
        this.issuer = issuer;
        this.server = server;
    }

    /** A lot of one new document. */
    public static Lot lot(Person person) {
        return new Lot(UniqueId.random(), person, Depositor.DR_MARTIN, Publication.document(8_000));
    }

    private Answer send(String token, Call call) {
        try {
            return server.send(token, call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Registers a patient, opens the record, and has the patient's leave to read it. */
    public void open(Person person) {
        String operator = issuer.operator();
        assertThat(send(operator, Registration.of(person, Depositor.DR_MARTIN.idNatPs()))
                        .status())
                .isIn(200, 201);
        for (Call step : Registration.opening(person)) {
            Answer answer = send(operator, step);
            assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        }
        assertThat(send(issuer.martin(), Choices.authorisation(person, Depositor.DR_MARTIN.idNatPs()))
                        .status())
                .isEqualTo(201);
    }

    /** Publishes it. */
    public void publish(Lot lot) {
        Answer answer = send(issuer.martin(), Call.transaction(lot.bundle()));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    /** It is found by its uniqueId, its bytes unchanged. */
    public void isWhole(Lot lot) {
        String reader = issuer.martin();
        Answer found = send(
                reader,
                Call.get("DocumentReference?patient.identifier="
                        + Call.escaped(lot.subject().ins().token()) + "&identifier="
                        + Call.escaped(
                                "urn:ietf:rfc:3986|" + lot.document().id().urn())));
        assertThat(found.total()).as(found.json().toString()).isOne();
        String url = found.matches()
                .findFirst()
                .orElseThrow()
                .at("/content/0/attachment/url")
                .asText();
        String here = url.replace(Issuer.PUBLIC_BASE + "/fhir", server.base().toString());
        assertThat(send(reader, Call.get(here, "*/*")).body())
                .isEqualTo(lot.document().content());
    }
}
