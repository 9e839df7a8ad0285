package fr.carnet.token.vihf;

import fr.carnet.shared.SingleUse;
import fr.carnet.token.establishment.AssertionLimits;
import fr.carnet.token.establishment.EstablishmentCertificates;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements;
import fr.carnet.token.establishment.EstablishmentStatements.Assertion;
import java.time.Clock;

/**
 * Accepts the VIHF 3.0 and 4.0 that an establishment signs with its certificate (R71–R84).
 *
 * <p>What is read is what was signed: the statements are taken from the very bytes that the signature's digest was computed
 * over, so that nothing around or inside the assertion can be put in their place.
 */
public final class VihfAssertions {

    private static final int MAX_BYTES = 64 * 1024;

    private final VihfSignature signature;
    private final SingleUse singleUse;
    private final AssertionLimits limits;
    private final Clock clock;

    /**
     * With what it judges by.
     *
     * @param certificates verifies the signing certificate
     * @param singleUse remembers what was used
     * @param limits times, audiences and methods that are accepted
     * @param clock at whose time an assertion is judged
     */
    public VihfAssertions(
            EstablishmentCertificates certificates, SingleUse singleUse, AssertionLimits limits, Clock clock) {
        this.signature = new VihfSignature(certificates);
        this.singleUse = singleUse;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Verifies an assertion and uses it up.
     *
     * @param xml a document whose root is the signed {@code Assertion}; at most 64 KiB
     * @return what it states
     * @throws EstablishmentRefusal naming why it is refused
     */
    public EstablishmentStatements accept(byte[] xml) {
        if (xml.length > MAX_BYTES) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_MALFORMED);
        }
        SignedAssertion signed = signature.verify(HardenedDom.parse(xml));
        EstablishmentStatements statements = new VihfReading(signed, limits).statements(clock.instant());
        Assertion assertion = statements.assertion();
        String id = "VIHF " + statements.structure().value() + " " + assertion.id();
        if (!singleUse.first(id, assertion.expires())) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_REPLAYED);
        }
        return statements;
    }
}
