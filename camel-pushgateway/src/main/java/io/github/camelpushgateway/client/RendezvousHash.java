package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GroupingKey;
import java.util.List;

/**
 * A hash that selects one of several gateways for each group: the one with the highest score (<a
 * href="https://en.wikipedia.org/wiki/Rendezvous_hashing">rendezvous hashing</a>). The score depends only on the
 * identity of the gateway and the group. So all JVMs select the same gateway, whatever the order of the gateways, and
 * an added gateway takes over only its share of the groups. The hash must never change: otherwise groups would remain
 * on gateways where no client updates or deletes them.
 */
final class RendezvousHash {

    /** The offset basis of <a href="https://www.rfc-editor.org/rfc/rfc9923">FNV-1a with 64 bits</a>. */
    private static final long FNV_BASIS = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] gateways;

    /**
     * Creates a hash.
     *
     * @param identities the identities of the gateways, all different
     */
    RendezvousHash(List<String> identities) {
        gateways = new long[identities.size()];
        for (int i = 0; i < gateways.length; i++) {
            gateways[i] = hash(identities.get(i));
        }
    }

    /** Returns the index of the gateway for a group. */
    int choose(GroupingKey group) {
        if (gateways.length == 1) {
            return 0;
        }
        long key = hash(withoutPadding(group.path()));
        int best = 0;
        for (int i = 1; i < gateways.length; i++) {
            // never equal: mixing maps different numbers to different numbers
            if (mixed(key ^ gateways[i]) > mixed(key ^ gateways[best])) {
                best = i;
            }
        }
        return best;
    }

    /**
     * Removes the padding of base64, which earlier versions did not send, so that each group stays on its gateway. The
     * padding character for an empty value stays.
     */
    private static String withoutPadding(String path) {
        if (path.indexOf('=') < 0) {
            return path;
        }
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '=' || path.charAt(i - 1) == '/') {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static long hash(String text) {
        long hash = FNV_BASIS;
        for (byte b : text.getBytes(UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /**
     * Returns a number whose bits each depend on all bits of the given one: the finalizer of SplitMix64, as in {@link
     * java.util.SplittableRandom}.
     */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
