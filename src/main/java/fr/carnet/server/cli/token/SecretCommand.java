package fr.carnet.server.cli.token;

import fr.carnet.token.ClientSecretHash;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code token secret}: for the client, and for {@code carnet.token.clients[].secret-hash}. Exit code 0. */
@Command(name = "secret", mixinStandardHelpOptions = true)
final class SecretCommand implements Callable<Integer> {

    private static final int BYTES = 32;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        spec.commandLine()
                .getOut()
                .println(spec.resourceBundle()
                        .getString("token.secret.made")
                        .formatted(secret, new ClientSecretHash().encode(secret)));
        return 0;
    }
}
