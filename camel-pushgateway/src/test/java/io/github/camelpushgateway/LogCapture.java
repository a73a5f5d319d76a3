package io.github.camelpushgateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Appender that captures log events until it is closed, in place of the configured appenders. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final Logger logger;
    private final @Nullable Level before;
    private final boolean additive;

    private LogCapture(Logger logger, Level level) {
        this.logger = logger;
        before = logger.getLevel();
        additive = logger.isAdditive();
        logger.setLevel(level);
        logger.setAdditive(false);
        setContext(logger.getLoggerContext());
        start();
        logger.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(logger::detachAppender);
        logger.addAppender(this);
    }

    public static LogCapture of(Class<?> type, Level level) {
        return new LogCapture((Logger) LoggerFactory.getLogger(type), level);
    }

    /** Captures the events of the loggers of a package at the level. */
    public static LogCapture of(String packageName, Level level) {
        return new LogCapture((Logger) LoggerFactory.getLogger(packageName), level);
    }

    /** Captures the events of all loggers at the level. */
    public static LogCapture ofAll(Level level) {
        return new LogCapture((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME), level);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        others.forEach(logger::addAppender);
        logger.setLevel(before);
        logger.setAdditive(additive);
    }
}
