package io.github.evergrant.storage.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text of one object, and where in it stand that object's members and those of one object in it, the inner one: to
 * read a little of a large text, or change it, and leave the rest as it stands. To make values of all that a large
 * document holds, and text of them again, takes longer than to write it to the disk.
 *
 * <p>Immutable, as long as nobody changes the text.
 */
public final class JsonOutline {

    private final byte[] text;
    private final JsonMembers root;
    private final String name;
    private final JsonMembers inner;

    JsonOutline(byte[] text, JsonMembers root, String name, JsonMembers inner) {
        this.text = text;
        this.root = root;
        this.name = name;
        this.inner = inner;
    }

    /**
     * Looks for the members of a text.
     *
     * @param name of the inner object
     * @return null when the text is no JSON, has no such object, or is JSON of a kind that only {@link Json#read} sees
     *     through: not ASCII, with a name that is there twice, or with names and blanks around the members that are not
     *     as {@link Json#write} writes them
     */
    public static @Nullable JsonOutline of(byte[] text, String name) {
        return new OutlineReader(text, name).read();
    }

    /** Not a copy. */
    public byte[] text() {
        return text;
    }

    /** Whether a member of the outer object has a value, written as {@link Json#write} writes it. */
    public boolean holds(String member, Object value) {
        int index = root.find(text, member);
        return index >= 0 && stands(root, index, Json.write(value));
    }

    /** The value of a member of the outer object; null when there is none. */
    public @Nullable Object value(String member) throws MalformedJson {
        int index = root.find(text, member);
        return index < 0 ? null : Json.read(text, root.value(index), root.end(index), (depth, name) -> true);
    }

    /** The names of the inner object's members. */
    public List<String> names() throws MalformedJson {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < inner.size(); i++) {
            names.add((String) Json.read(text, inner.name(i), inner.nameEnd(i), (depth, name) -> true));
        }
        return names;
    }

    /** Whether the inner object has a member. */
    public boolean has(String member) {
        return find(member) >= 0;
    }

    /**
     * The inner object as if it had one member at most.
     *
     * @param member whose
     * @param wanted as of {@link Json#read(byte[], BiPredicate)}; the value of the member has the depth 1
     */
    public Map<String, @Nullable Object> read(String member, BiPredicate<Integer, String> wanted) throws MalformedJson {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        int index = find(member);
        if (index >= 0) {
            one.put(member, Json.read(text, inner.value(index), inner.end(index), wanted));
        }
        return one;
    }

    /** With another value of a member of the inner object, in the place of a former one, or behind the last. */
    public JsonOutline with(String member, @Nullable Object value) {
        byte[] written = Json.write(value);
        int index = find(member);
        if (index >= 0) {
            return withValue(inner, index, written);
        }
        boolean only = inner.size() == 0;
        int from = only ? inner.open() : inner.end(inner.size() - 1);
        int to = only ? inner.close() : from;
        byte[] before = only ? new byte[0] : new byte[] {',', ' '};
        byte[] named = Json.write(member);
        JsonOutline next = spliced(inner, from, to, before, named, new byte[] {':', ' '}, written);
        int begin = from + before.length;
        return new JsonOutline(
                next.text,
                next.root,
                name,
                next.inner.and(member, begin, begin + named.length + JsonMembers.SEPARATOR));
    }

    /** Without a member of the inner object, if it is there. */
    public JsonOutline without(String member) {
        int index = find(member);
        if (index < 0) {
            return this;
        }
        JsonMembers left = inner.without(index);
        if (left.size() == 0) {
            return spliced(left, inner.open(), inner.close());
        }
        return index < left.size()
                ? spliced(left, inner.name(index), inner.name(index + 1))
                : spliced(left, inner.end(index - 1), inner.end(index));
    }

    /** With another value of a member of the outer object, which must be there. */
    public JsonOutline withValue(String member, Object value) {
        int index = root.find(text, member);
        if (index < 0) {
            throw new IllegalArgumentException("no member " + Json.shown(member));
        }
        return withValue(root, index, Json.write(value));
    }

    private JsonOutline withValue(JsonMembers members, int index, byte[] written) {
        return stands(members, index, written)
                ? this
                : spliced(inner, members.value(index), members.end(index), written);
    }

    private int find(String member) {
        return inner.find(text, member);
    }

    private boolean stands(JsonMembers members, int index, byte[] written) {
        return Arrays.equals(text, members.value(index), members.end(index), written, 0, written.length);
    }

    /** With something else from one place to another, where no name and no value of the members that are left begins. */
    private JsonOutline spliced(JsonMembers left, int from, int to, byte[]... between) {
        int length = 0;
        for (byte[] each : between) {
            length += each.length;
        }
        int by = length - (to - from);
        // Copied as a whole, since that spares the clearing of a new array, which takes as long.
        byte[] next = Arrays.copyOf(text, text.length + by);
        int at = from;
        for (byte[] each : between) {
            System.arraycopy(each, 0, next, at, each.length);
            at += each.length;
        }
        if (by != 0) {
            System.arraycopy(text, to, next, at, text.length - to);
        }
        return new JsonOutline(next, root.moved(to, by), name, left.moved(to, by));
    }

    /** Without the text, which may hold tokens. */
    @Override
    public String toString() {
        return "outline of " + text.length + " bytes";
    }
}
