package fr.carnet.validation.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The official packages of profiles, where the reference material is at hand; else Carnet's own alone are checked. */
public final class OfficialPackages {

    private OfficialPackages() {}

    /** Their folder. */
    public static Optional<Path> folder() {
        return Optional.of(Path.of("..", "shared", "packages")).filter(Files::isDirectory);
    }
}
