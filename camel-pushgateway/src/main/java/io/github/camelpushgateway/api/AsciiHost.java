package io.github.camelpushgateway.api;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The ASCII form of a host, which DNS, HTTP and TLS use: see <a
 * href="https://www.rfc-editor.org/rfc/rfc5891#section-4">RFC 5891, 4</a>.
 */
@Internal
public final class AsciiHost {

    private static final int MAX_ASCII = 0x7f;

    /**
     * The characters of an ASCII host name. Some other characters are converted to further ASCII characters, such as
     * U+1FEF to a grave accent.
     */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private AsciiHost() {}

    /**
     * Returns the ASCII form of a host name. A name in ASCII is returned unchanged.
     *
     * @param host the host name
     * @param what the subject of the message
     * @throws IllegalArgumentException if the name has no ASCII form, or one that depends on the version of the
     *     standard, which may be another host
     */
    public static String of(String host, String what) {
        if (isAscii(host)) {
            return host;
        }
        try {
            String ascii = IDN.toASCII(host);
            String normalized = Normalizer.normalize(host, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            if (NAME.matcher(ascii).matches()
                    && IDN.toUnicode(ascii).toLowerCase(Locale.ROOT).equals(normalized)) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // without the cause, whose message contains the host
        }
        throw new IllegalArgumentException(what
                + " has characters that cannot be converted to ASCII; write it in its ASCII form, which"
                + " begins with xn--");
    }

    private static boolean isAscii(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) > MAX_ASCII) {
                return false;
            }
        }
        return true;
    }
}
