package fr.carnet.deploy;

/** The jar on the PostgreSQL of the compose file. */
@InContainers("PostgreSQL in a container")
class PostgresContainerIT extends DeploymentContract {

    @Override
    Database database(Trial trial, ComposeFile compose) {
        return new ContainerDatabase(compose);
    }

    @Override
    Program program(Trial trial, ComposeFile compose, Database database) {
        return new JarProgram(trial, compose, database.port());
    }
}
