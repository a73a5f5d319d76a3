package io.github.camelpushgateway.publisher;

/** The group to which a publisher pushes. */
public interface PublishedGroup {

    /**
     * Sends the current metrics and waits for the outcome.
     *
     * @throws Exception if they were not sent, or the gateway refused them
     */
    void push() throws Exception;

    /**
     * Deletes the group and waits for the outcome.
     *
     * @throws Exception if it was not deleted
     */
    void delete() throws Exception;

    /** Returns whether failures are logged at DEBUG only. */
    boolean isFailureIgnored();

    /** Returns the URI of the endpoint of this group, which may contain secrets. A reload of routes creates the endpoint again. */
    String endpoint();

    /** Returns the URL of the gateway, without secrets. */
    String gateway();

    /** Returns the URI of the endpoint up to its options. */
    @Override
    String toString();
}
