package fr.carnet.server;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * Listens to every logger of this JVM, whichever server of a test it belongs to, and keeps what tells a secret. A test that
 * speaks of secrets in its own log uses a logger below {@code fr.carnet.probe}.
 */
final class Discretion {

    /**
     * Loggers that are not the server's: its counterparts of the tests, in the same JVM. Whoever adds one says here why what it
     * tells is not told by a server.
     */
    private static final List<String> OTHERS = List.of(
            // the mail server of the tests tells of the mails that it gets
            "com.icegreen.", "fr.carnet.probe");

    private final Secrets secrets = new Secrets();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    /** Listens from now on, also when Spring Boot makes all logging anew. */
    void listen() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        attach(context);
        context.addListener(new Again());
    }

    private void attach(LoggerContext context) {
        var ear = new Ear();
        ear.setContext(context);
        ear.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(ear);
    }

    /** Told by a logger, a file, a meter or a span. */
    void heard(String where, String told) {
        List<String> found = secrets.in(told);
        if (!found.isEmpty()) {
            leaks.add(where + " tells " + found + ": " + told);
        }
    }

    /** Where what was told. */
    List<String> leaks() {
        return List.copyOf(leaks);
    }

    private final class Ear extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            if (OTHERS.stream().anyMatch(event.getLoggerName()::startsWith)) {
                return;
            }
            StringBuilder line =
                    new StringBuilder(event.getFormattedMessage()).append(' ').append(event.getMDCPropertyMap());
            for (IThrowableProxy t = event.getThrowableProxy(); t != null; t = t.getCause()) {
                line.append(' ').append(t.getClassName()).append(' ').append(t.getMessage());
            }
            heard(event.getLoggerName(), line.toString());
        }
    }

    private final class Again implements LoggerContextListener {

        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext context) {
            attach(context);
        }

        @Override
        public void onStart(LoggerContext context) {}

        @Override
        public void onStop(LoggerContext context) {}

        @Override
        public void onLevelChange(ch.qos.logback.classic.Logger logger, ch.qos.logback.classic.Level level) {}
    }
}
