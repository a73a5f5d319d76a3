package io.github.camelpushgateway.metrics;

/** Thrown when a text violates its format. The message contains the position and the fault, but not the text itself. */
public final class TextFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** Creates an exception for a position, counted from 1. */
    public TextFormatException(int line, int column, String fault) {
        super("line " + line + ", column " + column + ": " + Excerpt.message(fault));
        this.line = line;
        this.column = column;
    }

    /** Returns the line, counted from 1. */
    public int line() {
        return line;
    }

    /** Returns the column in characters, counted from 1. It is beyond the last character if the end of the line is incomplete. */
    public int column() {
        return column;
    }
}
