package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.Issuer;
import java.net.URI;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;

/** The image on the PostgreSQL of the compose file. */
@InContainers("the image of Carnet")
class ImageIT extends DeploymentContract {

    @Override
    Database database(Trial trial, ComposeFile compose) {
        return new ContainerDatabase(compose);
    }

    @Override
    Program program(Trial trial, ComposeFile compose, Database database) {
        return new ImageProgram(trial, compose, ((ContainerDatabase) database).network());
    }

    @Override
    URI keys(Issuer issuer) {
        int port = issuer.keys().getPort();
        Testcontainers.exposeHostPorts(port);
        return URI.create("http://" + GenericContainer.INTERNAL_HOST_HOSTNAME + ":" + port + "/jwks");
    }

    @Order(5)
    @Test
    void serverIsNobodyAndWritesNothingBesideItsFolders() {
        var image = (ImageProgram) program();
        assertThat(image.inside("id", "-u").told().strip()).isEqualTo("10001");
        assertThat(image.inside("touch", "/srv/carnet/x").code()).isNotZero();
        assertThat(image.inside("touch", "/tmp/x", "/roots/x").code()).isZero();
    }
}
