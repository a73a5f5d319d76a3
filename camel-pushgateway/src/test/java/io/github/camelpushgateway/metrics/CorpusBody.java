package io.github.camelpushgateway.metrics;

/**
 * One body of the corpus.
 *
 * @param name what is special about it
 * @param ofOld the verdict of the gateway 1.5.1
 * @param ofNew the verdict of the gateway 1.11.2
 * @param bytes the body, as an array that nobody changes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CorpusBody(String name, Verdict ofOld, Verdict ofNew, byte[] bytes) {

    public CorpusBody {
        if (ofOld.weTake() != ofNew.weTake()) {
            throw new IllegalArgumentException(name + ": the client does not know the gateway's version");
        }
    }

    /** Returns the verdict of the gateway of that version. */
    public Verdict of(String version) {
        return version.equals("1.5.1") ? ofOld : ofNew;
    }

    /** Tells whether this client takes the body. */
    public boolean weTake() {
        return ofOld.weTake();
    }

    @Override
    public String toString() {
        return name;
    }
}
