package io.github.evergrant.storage.json;

import java.util.Arrays;

/**
 * Where the members of one object stand in a JSON text: each begins with its name, which has quotes around it, and ends
 * where its value does. Between them is what {@link Json#write} writes there. Immutable.
 */
final class JsonMembers {

    /** How long is what stands between a name and its value, or between two members. */
    static final int SEPARATOR = 2;

    /** Behind the brace that opens the object. */
    private final int open;

    /** The brace that closes it. */
    private final int close;

    /** Of each member, where its name begins, then where its value does. */
    private final int[] at;

    /** Of each member, the hash of its name: to look at each name itself is to look all over a large text. */
    private final int[] hashes;

    JsonMembers(int open, int close, int[] at, int[] hashes) {
        this.open = open;
        this.close = close;
        this.at = at;
        this.hashes = hashes;
    }

    int open() {
        return open;
    }

    int close() {
        return close;
    }

    int size() {
        return hashes.length;
    }

    int name(int index) {
        return at[2 * index];
    }

    int value(int index) {
        return at[2 * index + 1];
    }

    /** Behind the last character of a value. */
    int end(int index) {
        return index + 1 == size() ? close : name(index + 1) - SEPARATOR;
    }

    /** Behind the last quote of a name. */
    int nameEnd(int index) {
        return value(index) - SEPARATOR;
    }

    /** The index of the member with a name that stands in the text as we write it; -1 when there is none. */
    int find(byte[] text, String name) {
        byte[] written = Json.write(name);
        int hash = name.hashCode();
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash && stands(written, text, name(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether something stands at a place of a text. */
    static boolean stands(byte[] written, byte[] text, int from) {
        int to = Math.min(from + written.length, text.length);
        return Arrays.equals(text, from, to, written, 0, written.length);
    }

    /** The same when what stands from a place on has moved by so many bytes. */
    JsonMembers moved(int from, int by) {
        int[] moved = at.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += moved[i] < from ? 0 : by;
        }
        // What is put into an empty object stands behind its brace.
        return new JsonMembers(open <= from ? open : open + by, close < from ? close : close + by, moved, hashes);
    }

    /** With one more behind the last. */
    JsonMembers and(String name, int nameBegin, int valueBegin) {
        int[] more = Arrays.copyOf(at, at.length + 2);
        more[at.length] = nameBegin;
        more[at.length + 1] = valueBegin;
        int[] moreHashes = Arrays.copyOf(hashes, hashes.length + 1);
        moreHashes[hashes.length] = name.hashCode();
        return new JsonMembers(open, close, more, moreHashes);
    }

    JsonMembers without(int index) {
        return new JsonMembers(open, close, without(at, 2 * index, 2), without(hashes, index, 1));
    }

    private static int[] without(int[] all, int from, int count) {
        int[] fewer = Arrays.copyOf(all, all.length - count);
        System.arraycopy(all, from + count, fewer, from, fewer.length - from);
        return fewer;
    }
}
