package fr.carnet.server.cli.token;

import picocli.CommandLine.Command;

/** {@code token}: what keeps the token service. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        subcommands = {KeyCommand.class, SecretCommand.class})
public final class TokenCommand {}
