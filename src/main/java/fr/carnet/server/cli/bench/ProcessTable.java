package fr.carnet.server.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes of this machine, as Linux shows them.
 *
 * @param proc {@code /proc}
 */
record ProcessTable(Path proc) {

    /** Fields of {@code /proc/PID/stat} after the name in parentheses (proc(5)), counted from 0. */
    private static final int PARENT = 1;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int CHILDREN_USER_TICKS = 13;
    private static final int CHILDREN_SYSTEM_TICKS = 14;

    /** USER_HZ: the kernel shows 100 ticks a second to every program, whatever its own clock. */
    private static final int MILLIS_PER_TICK = 10;

    static final ProcessTable HERE = new ProcessTable(Path.of("/proc"));

    /**
     * A process at one moment.
     *
     * @param id process id
     * @param name of the program, at most 15 characters
     * @param parent process id
     * @param cpuMillis used by itself
     * @param childrenCpuMillis used by its children that have ended
     */
    record Entry(long id, String name, long parent, long cpuMillis, long childrenCpuMillis) {

        static Entry parse(String stat) {
            int close = stat.lastIndexOf(')');
            int open = stat.indexOf('(');
            String[] fields = stat.substring(close + 2).trim().split(" ", -1);
            return new Entry(
                    Long.parseLong(stat.substring(0, open).trim()),
                    stat.substring(open + 1, close),
                    Long.parseLong(fields[PARENT]),
                    MILLIS_PER_TICK * (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])),
                    MILLIS_PER_TICK
                            * (Long.parseLong(fields[CHILDREN_USER_TICKS])
                                    + Long.parseLong(fields[CHILDREN_SYSTEM_TICKS])));
        }
    }

    /** One process; empty when it is gone. */
    Optional<Entry> entry(long id) {
        return read(proc.resolve(id + "/stat")).map(Entry::parse);
    }

    /** A process and everything below it. */
    List<Entry> tree(long root) {
        List<Entry> all = ids().stream().flatMap(id -> entry(id).stream()).toList();
        Set<Long> known = new HashSet<>(Set.of(root));
        boolean grown = true;
        while (grown) {
            grown = known.addAll(all.stream()
                    .filter(entry -> known.contains(entry.parent()))
                    .map(Entry::id)
                    .toList());
        }
        return all.stream().filter(entry -> known.contains(entry.id())).toList();
    }

    /** The process that holds a socket; empty when it is not ours to see. */
    Optional<Long> holderOf(String inode) {
        String link = "socket:[" + inode + "]";
        return ids().stream().filter(id -> holds(id, link)).findFirst();
    }

    /** Inodes of the sockets of a process. */
    Set<String> socketsOf(long id) {
        var inodes = new HashSet<String>();
        try (Stream<Path> descriptors = Files.list(proc.resolve(id + "/fd"))) {
            descriptors
                    .flatMap(path -> target(path).stream())
                    .filter(t -> t.startsWith("socket:["))
                    .forEach(t -> inodes.add(t.substring("socket:[".length(), t.length() - 1)));
        } catch (IOException e) {
            return Set.of();
        }
        return inodes;
    }

    /** Resident memory in bytes: shared pages are divided among those who share them, where the kernel tells. */
    long residentBytes(long id) {
        return kilobytes(id + "/smaps_rollup", "Pss:")
                .or(() -> kilobytes(id + "/status", "VmRSS:"))
                .map(kilobytes -> kilobytes * 1024)
                .orElse(0L);
    }

    /** Lines of {@code /proc/net/NAME}; none when there is no such table. */
    Stream<String> net(String name) {
        return read(proc.resolve("net/" + name)).stream().flatMap(String::lines);
    }

    private Optional<Long> kilobytes(String file, String label) {
        return read(proc.resolve(file)).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(label))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    private List<Long> ids() {
        try (Stream<Path> entries = Files.list(proc)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean holds(long id, String link) {
        try (Stream<Path> descriptors = Files.list(proc.resolve(id + "/fd"))) {
            return descriptors.anyMatch(
                    path -> target(path).filter(link::equals).isPresent());
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty when the process has ended meanwhile, or is not ours to see. */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
