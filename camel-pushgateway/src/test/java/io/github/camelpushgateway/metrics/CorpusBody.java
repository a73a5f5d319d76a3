package io.github.camelpushgateway.metrics;

/**
 * One body of the corpus.
 *
 * @param name the name, which says what is special about the body
 * @param oldVerdict the verdict for gateway 1.5.1
 * @param newVerdict the verdict for gateway 1.11.2
 * @param bytes the body, which must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CorpusBody(String name, Verdict oldVerdict, Verdict newVerdict, byte[] bytes) {

    public CorpusBody {
        if (oldVerdict.clientAccepts() != newVerdict.clientAccepts()) {
            throw new IllegalArgumentException(name + ": the client cannot depend on the version of the gateway");
        }
    }

    /** Returns the verdict for a gateway of a version. */
    public Verdict of(String version) {
        return version.equals("1.5.1") ? oldVerdict : newVerdict;
    }

    /** Returns whether this client accepts the body. */
    public boolean clientAccepts() {
        return oldVerdict.clientAccepts();
    }

    @Override
    public String toString() {
        return name;
    }
}
