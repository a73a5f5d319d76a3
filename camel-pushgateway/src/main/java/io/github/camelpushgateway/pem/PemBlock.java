package io.github.camelpushgateway.pem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text, with its first and its last line: see <a
 * href="https://www.rfc-editor.org/rfc/rfc7468#section-2">RFC 7468, 2</a>. The library decodes it. It rejects texts with other
 * blocks, such as the parameters that OpenSSL writes before the key of an elliptic curve.
 *
 * @param label the kind, such as {@code CERTIFICATE}
 * @param text the block
 * @param isComplete whether the last line exists
 */
record PemBlock(String label, String text, boolean isComplete) {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

    /** Returns the blocks of a text, without the text between them. */
    static List<PemBlock> of(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int position = 0;
        while (begin.find(position)) {
            String label = begin.group(1);
            String end = "-----END " + label + "-----";
            int found = text.indexOf(end, begin.end());
            int next = begin.end();
            boolean isComplete = found >= 0 && text.lastIndexOf("-----BEGIN ", found) == begin.start();
            if (isComplete) {
                next = found + end.length();
            }
            blocks.add(new PemBlock(label, text.substring(begin.start(), next), isComplete));
            position = next;
        }
        return blocks;
    }

    boolean isCertificate() {
        return label.endsWith("CERTIFICATE");
    }

    boolean isKey() {
        return label.endsWith("PRIVATE KEY");
    }

    boolean isEncrypted() {
        return label.startsWith("ENCRYPTED") || text.contains("Proc-Type: 4,ENCRYPTED");
    }

    /** Returns the label without the content, which may be a key. */
    @Override
    public String toString() {
        return label;
    }
}
