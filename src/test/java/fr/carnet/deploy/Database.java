package fr.carnet.deploy;

/** The PostgreSQL of the compose file: its roles, its database, TLS with the certificate of {@code db}. */
interface Database extends AutoCloseable {

    /** Where it listens on this machine. */
    int port();

    @Override
    void close();
}
