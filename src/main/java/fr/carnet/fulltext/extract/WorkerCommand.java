package fr.carnet.fulltext.extract;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a worker is started.
 *
 * @param words program and arguments
 */
record WorkerCommand(List<String> words) {

    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    /** Bounded beside the heap, too; nothing is written to disk when it dies, nothing is said, no window is opened. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:-UsePerfData",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:MaxDirectMemorySize=16m",
            "-Xss1m",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");

    WorkerCommand {
        words = List.copyOf(words);
    }

    /** A JVM on the class path of this one. */
    static WorkerCommand ofThisProgram(ExtractionSettings settings) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + settings.memory().toMegabytes() + "m");
        words.addAll(FLAGS);
        words.add("-cp");
        words.add(classPath());
        if (isInsideBootJar()) {
            words.add("-Dloader.main=" + TextWorker.class.getName());
            words.add(BOOT_LAUNCHER);
        } else {
            words.add(TextWorker.class.getName());
        }
        words.addAll(TextWorker.arguments(settings));
        return new WorkerCommand(words);
    }

    /**
     * Starts one. It inherits nothing: the environment of the server holds its secrets.
     *
     * @throws IOException if the program is not there or cannot be run
     */
    Process start() throws IOException {
        var builder = new ProcessBuilder(words).redirectError(Redirect.DISCARD);
        builder.environment().clear();
        return builder.start();
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** There, classes and libraries lie inside the jar, where only its own launcher finds them. */
    private static boolean isInsideBootJar() {
        return ClassLoader.getSystemClassLoader().getResource(BOOT_LAUNCHER.replace('.', '/') + ".class") != null;
    }
}
