package io.github.camelpushgateway.platforms;

import java.util.List;
import org.apache.camel.NoSuchEndpointException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Skips the tests that need an artifact of Camel that cannot be had in the version of this module. A test is skipped only after it has failed because Camel
 * did not find the artifact. If one of them is added to the pom, its tests run.
 */
public final class MissingArtifacts implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    /** Parts of the messages with which Camel says that camel-kamelet, camel-cron, camel-resilience4j and camel-xml-io-dsl are missing. */
    private static final List<String> MISSING = List.of(
            "Cannot find camel-kamelet on the classpath",
            "Cannot find camel-resilience4j",
            "Cannot find RoutesBuilderLoader in classpath supporting file extension: xml");

    private static final List<String> MISSING_SCHEMES = List.of("kamelet:", "cron:");

    /** Called by JUnit. */
    public MissingArtifacts() {}

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        rethrow(failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        rethrow(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        rethrow(failure);
    }

    private static void rethrow(Throwable failure) throws Throwable {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (tellsThatAnArtifactIsMissing(cause)) {
                throw new TestAbortedException(String.valueOf(cause.getMessage()), failure);
            }
        }
        throw failure;
    }

    private static boolean tellsThatAnArtifactIsMissing(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof NoSuchEndpointException missing
                ? MISSING_SCHEMES.stream().anyMatch(String.valueOf(missing.getUri())::startsWith)
                : MISSING.stream().anyMatch(message::contains);
    }
}
