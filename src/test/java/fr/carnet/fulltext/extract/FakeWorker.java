package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.Text;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A worker that behaves as it is told. */
final class FakeWorker {

    private FakeWorker() {}

    static WorkerCommand that(String behaviour, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakeWorker.class.getName(),
                behaviour));
        words.addAll(List.of(more));
        return new WorkerCommand(words);
    }

    /** The behaviour, and a folder in which it leaves a file per process. */
    public static void main(String[] args) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        if (args[0].equals("silent")) {
            Thread.sleep(600_000);
        }
        if (args[0].equals("stranger")) {
            out.writeUTF("Usage: java");
            out.flush();
            return;
        }
        boolean first = args.length > 1 && leavesTheFirstFile(Path.of(args[1]));
        out.writeInt(Wire.READY);
        out.flush();
        if (args[0].equals("deaf")) {
            Thread.sleep(600_000);
        }
        while (true) {
            Wire.readMediaType(in);
            Wire.readContent(in);
            answer(args[0], first, out);
            out.flush();
        }
    }

    private static boolean leavesTheFirstFile(Path folder) throws IOException {
        Files.createTempFile(folder, "worker", "");
        try (var files = Files.list(folder)) {
            return files.count() == 1;
        }
    }

    private static void answer(String behaviour, boolean first, DataOutputStream out)
            throws IOException, InterruptedException {
        switch (behaviour) {
            case "hang" -> Thread.sleep(600_000);
            case "die" -> System.exit(1);
            case "die-first" -> {
                if (first) {
                    System.exit(1);
                }
                Wire.write(out, new Text("", "second try", false));
            }
            case "garbage" -> out.write(new byte[] {77, 77, 77, 77, 77, 77, 77, 77});
            case "endless" -> {
                out.writeByte(1);
                out.writeInt(Integer.MAX_VALUE);
            }
            case "too-long" -> Wire.write(out, new Text("", "x".repeat(600_000), false));
            case "nul" -> {
                out.writeByte(1);
                out.writeInt(1);
                out.writeByte(0);
                out.writeInt(0);
                out.writeBoolean(false);
            }
            case "drip" -> {
                out.writeByte(1);
                out.writeInt(1000);
                while (true) {
                    out.writeByte('x');
                    out.flush();
                    Thread.sleep(100);
                }
            }
            case "environment" ->
                Wire.write(
                        out,
                        new Text(
                                "",
                                System.getenv() + " " + ProcessHandle.current().pid(),
                                false));
            default -> throw new IllegalArgumentException(behaviour);
        }
    }
}
