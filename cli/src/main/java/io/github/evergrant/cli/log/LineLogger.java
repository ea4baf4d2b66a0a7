package io.github.evergrant.cli.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes each event as one line. */
final class LineLogger extends LegacyAbstractLogger {

    @Serial
    private static final long serialVersionUID = 1L;

    LineLogger(String name) {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
        return Logs.shows(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return Logs.shows(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return Logs.shows(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return Logs.shows(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return Logs.shows(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        String words = MessageFormatter.basicArrayFormat(message, arguments);
        Logs.line(level, name, String.valueOf(words), cause);
    }
}
