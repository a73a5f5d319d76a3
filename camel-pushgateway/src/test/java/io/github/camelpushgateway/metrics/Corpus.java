package io.github.camelpushgateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The bodies in {@code corpus/bodies.tsv}. */
public final class Corpus {

    private static final String FOLDER = "/corpus/";

    private final String text;
    private int position;

    private Corpus(String text) {
        this.text = text;
    }

    /** Reads all bodies. */
    public static List<CorpusBody> bodies() {
        List<CorpusBody> bodies = new String(resource("bodies.tsv"), UTF_8)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Corpus::body)
                .toList();
        Set<String> names = new HashSet<>();
        for (CorpusBody body : bodies) {
            if (!names.add(body.name())) {
                throw new IllegalStateException("there are two bodies called " + body.name());
            }
        }
        return bodies;
    }

    private static CorpusBody body(String line) {
        List<String> columns = List.of(line.split("\t", -1));
        String verdict = columns.get(0);
        if (columns.size() != (verdict.contains("stricter") ? 4 : 3)) {
            throw new IllegalStateException("wrong number of columns: " + line);
        }
        List<String> verdicts = List.of(verdict.split("\\|", 2));
        return new CorpusBody(
                columns.get(1),
                verdict(verdicts.get(0)),
                verdict(verdicts.get(verdicts.size() - 1)),
                new Corpus(columns.get(2)).bytes(0));
    }

    private static Verdict verdict(String word) {
        return Verdict.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Reads up to the end of a repetition, or of the text. */
    private byte[] bytes(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (position < text.length()) {
            int from = position;
            if (text.charAt(from) != '\\') {
                position = text.indexOf('\\', from) < 0 ? text.length() : text.indexOf('\\', from);
                bytes.writeBytes(text.substring(from, position).getBytes(UTF_8));
            } else if (text.startsWith("\\)", from)) {
                return bytes.toByteArray();
            } else {
                position += 2;
                bytes.writeBytes(escaped(text.charAt(from + 1), count));
            }
        }
        return bytes.toByteArray();
    }

    private byte[] escaped(char c, int count) {
        return switch (c) {
            case 'n' -> new byte[] {'\n'};
            case 'r' -> new byte[] {'\r'};
            case 't' -> new byte[] {'\t'};
            case '\\' -> new byte[] {'\\'};
            case 'x' -> new byte[] {(byte) Integer.parseInt(readUpTo(position + 2), 16)};
            case 'i' -> Integer.toString(count).getBytes(UTF_8);
            case '*' -> repeated();
            case '@' -> resource("real/" + readUpTo(text.length()));
            default -> throw new IllegalStateException("no such escape: \\" + c);
        };
    }

    private byte[] repeated() {
        int times = Integer.parseInt(readUpTo(text.indexOf('(', position)));
        int begin = ++position;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            position = begin;
            all.writeBytes(bytes(i));
        }
        position += 2;
        return all.toByteArray();
    }

    private String readUpTo(int end) {
        String part = text.substring(position, end);
        position = end;
        return part;
    }

    private static byte[] resource(String name) {
        try (InputStream file = Corpus.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
