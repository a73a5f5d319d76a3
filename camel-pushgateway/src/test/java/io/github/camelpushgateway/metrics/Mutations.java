package io.github.camelpushgateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Creates mutated bodies. The same seed creates the same body. */
public final class Mutations {

    private static final int MAX_MUTATIONS = 4;
    private static final int MAX_REPETITIONS = 5_000;
    private static final int SMALL_BODY_BYTES = 1_000;

    /** Tokens that the parser of a gateway recognises, and similar ones. */
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

    /** Prepares mutations of the given bodies, which are not modified. At least one of them must be small. */
    public Mutations(List<byte[]> bodies) {
        small = bodies.stream().filter(body -> body.length < SMALL_BODY_BYTES).toList();
        large = bodies.stream().filter(body -> body.length >= SMALL_BODY_BYTES).toList();
    }

    /** Returns the body for a seed. */
    public byte[] body(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        byte[] body = any(random);
        for (int i = 1 + random.nextInt(MAX_MUTATIONS); i > 0; i--) {
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

    /** Splices mostly at the beginning of a line, because partial lines are rarely valid. */
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
        for (int i = random.nextInt(random.nextInt(20) == 0 ? MAX_REPETITIONS : 5); i > 0; i--) {
            chunks.writeBytes(chunk);
        }
        return replaced(body, to, to, chunks.toByteArray());
    }

    private static byte[] longToken(RandomGenerator random) {
        byte[] token = new byte[random.nextInt(random.nextInt(10) == 0 ? MAX_REPETITIONS : 50)];
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

    /** Prefers small bodies, because many of them can be tried in the time of a large one. */
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
