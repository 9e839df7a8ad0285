package fr.carnet.server.cli.push;

import java.io.PrintWriter;

/** Tells one line per file on the output and, on a terminal, how far it is on the error output. */
final class Telling {

    private final PrintWriter out;
    private final PrintWriter progress;
    private final boolean terminal;
    private int total;
    private int done;

    Telling(PrintWriter out, PrintWriter progress, boolean terminal) {
        this.out = out;
        this.progress = progress;
        this.terminal = terminal;
    }

    synchronized void start(int files) {
        total = files;
    }

    synchronized void tell(String file, Result result) {
        done++;
        out.println(result.kind().sign() + " " + file + "  " + result.detail());
        out.flush();
        if (terminal) {
            progress.print(done + "/" + total + (done < total ? "\r" : "\r\n"));
            progress.flush();
        }
    }
}
