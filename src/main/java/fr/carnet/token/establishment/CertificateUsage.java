package fr.carnet.token.establishment;

/** The two certificates that an establishment has for the DMP (EX_GEN-1450). */
public enum CertificateUsage {
    /** ORG AUTH_CLI: the client's side of the TLS connection (R74). */
    CLIENT_AUTHENTICATION,
    /** ORG SIGN: the seal of its assertions (R82). */
    SIGNATURE
}
