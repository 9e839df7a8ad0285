package fr.carnet.token.vihf;

import fr.carnet.token.establishment.EstablishmentCertificate;
import org.w3c.dom.Element;

/**
 * An assertion as it was signed, and by whom.
 *
 * @param element root of the document that the digested bytes make, without the signature
 * @param signer whose certificate proved it
 */
record SignedAssertion(Element element, EstablishmentCertificate signer) {}
