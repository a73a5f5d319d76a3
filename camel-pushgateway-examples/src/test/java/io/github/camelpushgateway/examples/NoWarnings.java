package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class if Camel or the component logs a warning about the example routes, such as a deprecated key or a plain
 * password. Warnings about failures that the tests provoke are ignored.
 */
final class NoWarnings implements BeforeAllCallback, AfterAllCallback {

    /** The loggers of provoked failures. */
    private static final Set<String> FAILURE_LOGGERS = Set.of(
            "io.github.camelpushgateway.PushgatewayProducer",
            "org.apache.camel.component.file.GenericFileOnCompletion",
            "org.apache.camel.support.task.BackgroundTask",
            "org.apache.camel.impl.engine.AbstractCamelContext");

    /** Camel rejects the exchange of a timer that fires while its context stops. */
    private static final String REJECTED_WHILE_STOPPING = "Caused by: [java.util.concurrent.RejectedExecutionException";

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.WARN
                    && !FAILURE_LOGGERS.contains(event.getLoggerName())
                    && !event.getFormattedMessage().contains(REJECTED_WHILE_STOPPING)) {
                warnings.add(event.getLoggerName() + ": " + event.getFormattedMessage());
            }
        }
    };

    @Override
    public void beforeAll(ExtensionContext context) {
        appender.start();
        root().addAppender(appender);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        root().detachAppender(appender);
        assertThat(warnings).isEmpty();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
