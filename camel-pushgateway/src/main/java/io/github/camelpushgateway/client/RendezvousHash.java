package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GroupingKey;
import java.util.List;

/**
 * Chooses one of several places for each group: that which has the highest score for it (<a
 * href="https://en.wikipedia.org/wiki/Rendezvous_hashing">rendezvous hashing</a>). The score depends on nothing but the place and
 * the group, so all JVMs choose the same, in whatever order the places are listed, and a place that is added only takes its share.
 * It must never change: groups would be left behind where nobody updates or deletes them.
 */
final class RendezvousHash {

    /** Of <a href="https://www.rfc-editor.org/rfc/rfc9923">FNV-1a with 64 bits</a>. */
    private static final long FNV_BASIS = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] places;

    /** @param places different ones */
    RendezvousHash(List<String> places) {
        this.places = new long[places.size()];
        for (int i = 0; i < this.places.length; i++) {
            this.places[i] = hash(places.get(i));
        }
    }

    /** Returns the index of the group's place. */
    int choose(GroupingKey group) {
        long key = hash(group.path());
        int best = 0;
        for (int i = 1; i < places.length; i++) {
            // never the same: mixing takes different numbers to different ones
            if (mixed(key ^ places[i]) > mixed(key ^ places[best])) {
                best = i;
            }
        }
        return best;
    }

    private static long hash(String text) {
        long hash = FNV_BASIS;
        for (byte b : text.getBytes(UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /** Makes each bit depend on all bits: the finalizer of SplitMix64, as {@link java.util.SplittableRandom} has it. */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
