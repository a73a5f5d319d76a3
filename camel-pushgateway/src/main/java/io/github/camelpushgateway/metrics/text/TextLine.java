package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.TextFormatException;
import java.util.OptionalDouble;

/** One line of a text with a read position, which moves from left to right. */
final class TextLine {

    private static final char END = '\n';

    private final int number;
    private final String text;
    private int position;

    /** @param text the line without its line feed */
    TextLine(int number, String text) {
        this.number = number;
        this.text = text;
    }

    int number() {
        return number;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** Returns the next character, or a line feed at the end. */
    char peek() {
        return atEnd() ? END : text.charAt(position);
    }

    boolean atBlank() {
        return peek() == ' ' || peek() == '\t';
    }

    void skipBlanks() {
        while (atBlank()) {
            position++;
        }
    }

    /** Skips the next character and returns true if it is the expected one. */
    boolean take(char expected) {
        if (peek() != expected) {
            return false;
        }
        position++;
        return true;
    }

    /** Reads a metric name. Returns an empty string if the next character cannot begin one. */
    String metricName() {
        return name(true);
    }

    /** Reads a label name. Returns an empty string if the next character cannot begin one. */
    String labelName() {
        return name(false);
    }

    private String name(boolean colons) {
        int from = position;
        while (isNamePart(peek(), position > from, colons)) {
            position++;
        }
        return text.substring(from, position);
    }

    private static boolean isNamePart(char c, boolean digits, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (digits && c >= '0' && c <= '9')
                || (colons && c == ':');
    }

    /** Reads up to the next blank or the end of the line. */
    String token() {
        int from = position;
        while (!atEnd() && !atBlank()) {
            position++;
        }
        return text.substring(from, position);
    }

    /** Returns the rest of the line without trailing blanks. Does not move the position. */
    String peekRestWithoutTrailingBlanks() {
        int end = text.length();
        while (end > position && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        return text.substring(position, end);
    }

    /** Reads a number in one of the notations of the format. */
    double number(String what) {
        int from = position;
        OptionalDouble number = MetricValue.ofText(token());
        if (number.isEmpty()) {
            position = from;
            throw fault(
                    atEnd() ? what + " is missing" : what + " is not a number; write it like 42, 1.5e9, NaN or +Inf");
        }
        return number.getAsDouble();
    }

    /** Reads the rest of the line and resolves escaped backslashes, line feeds and quotation marks. */
    String escapedRest() {
        StringBuilder rest = new StringBuilder();
        while (!atEnd()) {
            rest.append(unescaped());
        }
        return rest.toString();
    }

    /** Reads a name in quotation marks. */
    String quotedName() {
        if (!take('"')) {
            throw fault("expected a name in quotation marks");
        }
        return quoted("name");
    }

    /** Reads a quoted value whose opening quotation mark has been read. */
    String quoted() {
        return quoted("label's value");
    }

    private String quoted(String what) {
        int from = position;
        while (peek() != '"' && peek() != '\\' && !atEnd()) {
            position++;
        }
        String plain = text.substring(from, position);
        return take('"') ? plain : plain + quotedFromHere(what);
    }

    private String quotedFromHere(String what) {
        StringBuilder value = new StringBuilder();
        while (!take('"')) {
            if (atEnd()) {
                throw fault("the quotation mark that ends the " + what
                        + " is missing; a line feed in it is written as \\n");
            }
            value.append(unescaped());
        }
        return value.toString();
    }

    private char unescaped() {
        char c = text.charAt(position);
        if (c == '\\') {
            position++;
            c = switch (peek()) {
                case '\\' -> '\\';
                case '"' -> '"';
                case 'n' -> '\n';
                default ->
                    throw fault("a backslash must be followed by a backslash, an n or a quotation mark;"
                            + " write a literal backslash as \\\\");
            };
        }
        position++;
        return c;
    }

    /** Returns an exception for the current position. */
    TextFormatException fault(String fault) {
        return new TextFormatException(number, position + 1, fault);
    }
}
