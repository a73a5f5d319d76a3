package io.github.camelpushgateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes bodies of bodies: the same one of the same seed. */
public final class Mutations {

    private static final int MOST = 4;
    private static final int LONG = 5_000;
    private static final int SMALL = 1_000;

    /** What a gateway's parser looks for, and what is easily mistaken for it. */
    private static final List<byte[]> TOKENS = Arrays.stream(
                    ("{ } \" = , # \\ \\\\ \\n \\\" _ : _total _sum _count _bucket _info _created _gsum _gcount HELP TYPE "
                                    + "counter gauge histogram summary untyped gaugehistogram gauge_histogram info x h s "
                                    + "le quantile job instance __name__ +Inf -Inf NaN 0 1 -1 .5 1e3 1e400 "
                                    + "9007199254740993 1e19 0x1p3 1_0 le=\"1\" a=\"b\" {} {le=\"+Inf\"} {a=\"\"} ü \uD83D\uDE00")
                            .split(" "))
            .map(token -> token.getBytes(UTF_8))
            .toList();

    private static final List<byte[]> ENDS = List.of(
            bytes('\n'),
            bytes('\r', '\n'),
            bytes('\r'),
            bytes(' '),
            bytes('\t'),
            bytes(0),
            bytes(0xEF, 0xBB, 0xBF),
            bytes(0xFF),
            bytes(0xED, 0xA0, 0x80),
            bytes('\n', '#', ' ', 'T', 'Y', 'P', 'E', ' '),
            bytes('\n', '#', ' ', 'H', 'E', 'L', 'P', ' '));

    private final List<byte[]> small;
    private final List<byte[]> large;

    /** Prepares mutations of those bodies, none of which is changed; there must be small ones among them. */
    public Mutations(List<byte[]> bodies) {
        small = bodies.stream().filter(body -> body.length < SMALL).toList();
        large = bodies.stream().filter(body -> body.length >= SMALL).toList();
    }

    /** Returns the body of that seed. */
    public byte[] body(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        byte[] body = any(random);
        for (int i = 1 + random.nextInt(MOST); i > 0; i--) {
            body = mutated(random, body);
        }
        return body;
    }

    private byte[] mutated(RandomGenerator random, byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(random.nextBoolean() ? 4 : 40));
        return switch (random.nextInt(9)) {
            case 0 -> flipped(random, body);
            case 1 -> replaced(body, from, from, any(random, TOKENS));
            case 2 -> replaced(body, from, to, any(random, TOKENS));
            case 3 -> replaced(body, from, from, any(random, ENDS));
            case 4 -> replaced(body, from, to, bytes());
            case 5 -> Arrays.copyOf(body, from);
            case 6 -> spliced(random, body, any(random));
            case 7 -> repeated(random, body, from, to);
            default -> replaced(body, from, from, longToken(random));
        };
    }

    private static byte[] flipped(RandomGenerator random, byte[] body) {
        byte[] flipped = body.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** Whole lines more often than not, since halves of lines are seldom right. */
    private static byte[] spliced(RandomGenerator random, byte[] body, byte[] other) {
        int from = random.nextInt(body.length + 1);
        while (random.nextInt(4) > 0 && from > 0 && body[from - 1] != '\n') {
            from--;
        }
        return replaced(body, from, from, other);
    }

    private static byte[] repeated(RandomGenerator random, byte[] body, int from, int to) {
        byte[] chunk = Arrays.copyOfRange(body, from, to);
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? LONG : 5); i > 0; i--) {
            chunks.writeBytes(chunk);
        }
        return replaced(body, to, to, chunks.toByteArray());
    }

    private static byte[] longToken(RandomGenerator random) {
        byte[] token = new byte[random.nextInt(random.nextInt(10) == 0 ? LONG : 50)];
        Arrays.fill(token, any(random, TOKENS)[0]);
        return token;
    }

    private static byte[] replaced(byte[] body, int from, int to, byte[] by) {
        ByteArrayOutputStream replaced = new ByteArrayOutputStream(body.length + by.length);
        replaced.write(body, 0, from);
        replaced.writeBytes(by);
        replaced.write(body, to, body.length - to);
        return replaced.toByteArray();
    }

    /** Many small ones are tried in the time that a large one takes. */
    private byte[] any(RandomGenerator random) {
        return any(random, large.isEmpty() || random.nextInt(50) > 0 ? small : large);
    }

    private static byte[] any(RandomGenerator random, List<byte[]> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
