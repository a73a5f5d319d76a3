package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.TextFormatException;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of characters. */
final class CharLines implements TextLines.Source {

    private static final int SIZE = 8192;

    private final Reader text;
    private final char[] buffer = new char[SIZE];
    private int from;
    private int to;

    CharLines(Reader text) {
        this.text = text;
    }

    @Override
    public @Nullable String read(int number) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (from == to && !fill()) {
                return line.isEmpty() ? null : checked(number, line);
            }
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.append(buffer, from, end - from);
            from = end;
            if (end < to) {
                from++;
                return checked(number, line);
            }
        }
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, text.read(buffer));
        return to > 0;
    }

    private static String checked(int number, StringBuilder line) {
        int index = LabelRules.loneSurrogate(line);
        if (index >= 0) {
            throw new TextFormatException(
                    number,
                    index + 1,
                    "this is half of a surrogate pair, which UTF-8 cannot carry; mend the text's encoding");
        }
        return line.toString();
    }
}
