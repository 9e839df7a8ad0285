package fr.carnet.server.cli.bench;

import java.util.List;

/**
 * What a process tree has used so far.
 *
 * @param cpuMillis since its start, ended children included
 * @param residentBytes now
 */
record Usage(long cpuMillis, long residentBytes) {

    /** Of a process and all below it; the time of a child that has ended is found at its parent. */
    static Usage ofTree(long root, ProcessTable processes) {
        List<ProcessTable.Entry> tree = processes.tree(root);
        return new Usage(
                tree.stream()
                        .mapToLong(entry -> entry.cpuMillis() + entry.childrenCpuMillis())
                        .sum(),
                tree.stream()
                        .mapToLong(entry -> processes.residentBytes(entry.id()))
                        .sum());
    }

    /** Of a process alone. */
    static Usage ofProcess(long id, ProcessTable processes) {
        long cpu = processes.entry(id).map(ProcessTable.Entry::cpuMillis).orElse(0L);
        return new Usage(cpu, processes.residentBytes(id));
    }
}
