package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.client.transport.CharacterSpellings.Ends;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search that redacts secrets in a text, in each spelling of their characters. Its time is limited by the length of
 * the text. A text that would take longer, because it repeats the beginnings of secrets very often, is replaced
 * completely.
 */
final class SecretFinder {

    static final String REDACTED = "xxxxxx";

    /**
     * The minimum length of a secret that is replaced within words. A shorter one is replaced only if it is a word,
     * because it may occur in any other word.
     */
    static final int MIN_INFIX = 4;

    /**
     * The minimum length of a prefix of a secret that is replaced at the end of the text. A shorter one may occur in
     * any other word.
     */
    private static final int MIN_PREFIX = 8;

    /**
     * The minimum length of a prefix of a secret that is replaced within the text. A shorter one may occur in any other
     * word.
     */
    private static final int MIN_BEGINNING = 16;

    private static final int MIN_STEPS = 200_000;
    private static final int STEPS_PER_CHAR = 20;

    private static final int NONE = -1;

    private final String text;

    /** The secrets by their first character. */
    private final Map<CharacterSpellings, List<Secret>> secrets = new LinkedHashMap<>();

    private long remainingSteps;
    private Ends ends = new Ends();
    private Ends next = new Ends();

    SecretFinder(String text, Collection<String> secrets) {
        this.text = text;
        remainingSteps = MIN_STEPS + (long) STEPS_PER_CHAR * text.length();
        Map<Integer, CharacterSpellings> characters = new HashMap<>();
        for (String secret : secrets) {
            List<CharacterSpellings> spellings = secret.codePoints()
                    .mapToObj(c -> characters.computeIfAbsent(c, CharacterSpellings::new))
                    .toList();
            this.secrets
                    .computeIfAbsent(spellings.get(0), first -> new ArrayList<>())
                    .add(new Secret(spellings, secret.length() < MIN_INFIX));
        }
    }

    private record Secret(List<CharacterSpellings> characters, boolean isWord) {}

    /** Returns the text with each secret, and each long prefix of a secret, replaced. */
    String redacted() {
        StringBuilder redacted = new StringBuilder();
        int copied = 0;
        for (int at = 0; at < text.length(); ) {
            int end = end(at);
            if (remainingSteps < 0) {
                return REDACTED;
            }
            if (end < 0) {
                at++;
            } else {
                redacted.append(text, copied, at).append(REDACTED);
                copied = end;
                at = end;
            }
        }
        return redacted.append(text, copied, text.length()).toString();
    }

    /** Returns the end of the longest secret that starts at a position, or {@link #NONE}. */
    private int end(int start) {
        int longest = NONE;
        for (Map.Entry<CharacterSpellings, List<Secret>> each : secrets.entrySet()) {
            next.clear();
            each.getKey().find(text, start, next);
            next.takeSteps();
            // at most positions, no secret starts
            if (next.count() > 0) {
                for (Secret secret : each.getValue()) {
                    longest = Math.max(longest, end(secret, start));
                }
            }
        }
        return longest;
    }

    private int end(Secret secret, int start) {
        if (secret.isWord() && start > 0 && isWordCharacter(text.codePointBefore(start))) {
            return NONE;
        }
        int length = secret.characters().size();
        next.clear();
        next.add(start);
        for (int i = 0; i < length; i++) {
            Ends before = next;
            next = ends;
            ends = before;
            next.clear();
            for (int each = 0; each < before.count(); each++) {
                find(secret.characters().get(i), before.get(each));
            }
            if (next.isCut() && i >= MIN_PREFIX && length > MIN_PREFIX) {
                return text.length();
            }
            if (remainingSteps < 0) {
                return NONE;
            }
            if (next.count() == 0) {
                // a server may send a part of a secret, followed by other text
                return i >= MIN_BEGINNING ? last(before) : NONE;
            }
        }
        int longest = NONE;
        for (int each = 0; each < next.count(); each++) {
            int end = next.get(each);
            boolean isWithin = end < text.length() && isWordCharacter(text.codePointAt(end));
            longest = secret.isWord() && isWithin ? longest : Math.max(longest, end);
        }
        return longest;
    }

    private static int last(Ends ends) {
        int last = NONE;
        for (int each = 0; each < ends.count(); each++) {
            last = Math.max(last, ends.get(each));
        }
        return last;
    }

    private void find(CharacterSpellings character, int at) {
        character.find(text, at, next);
        remainingSteps -= 1 + next.takeSteps();
        if (next.isOverflown()) {
            remainingSteps = -1;
        }
    }

    private static boolean isWordCharacter(int c) {
        int type = Character.getType(c);
        return Character.isLetter(c)
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
