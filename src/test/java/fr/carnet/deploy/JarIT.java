package fr.carnet.deploy;

/** The jar on the embedded PostgreSQL. */
class JarIT extends DeploymentContract {

    @Override
    Database database(Trial trial, ComposeFile compose) {
        return new EmbeddedDatabase(trial);
    }

    @Override
    Program program(Trial trial, ComposeFile compose, Database database) {
        return new JarProgram(trial, compose, database.port());
    }
}
