package io.github.camelpushgateway.metrics;

/** Says where in a text the text format is broken, and how. The text itself is not repeated: it may be anything. */
public final class TextFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    public TextFormatException(int line, int column, String fault) {
        super("line " + line + ", column " + column + ": " + Excerpt.message(fault));
        this.line = line;
        this.column = column;
    }

    /** Returns the line, counted from 1. */
    public int line() {
        return line;
    }

    /** Returns the column in characters, counted from 1; after the last one if something is missing at the line's end. */
    public int column() {
        return column;
    }
}
