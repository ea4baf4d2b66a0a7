package io.github.evergrant.storage.file;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** How much of a document is read: the rest is checked for being JSON and skipped. */
sealed interface DocumentPart {

    /** Everything, as writing it again needs. */
    record All() implements DocumentPart {}

    /** One namespace. */
    record Namespace(String name) implements DocumentPart {}

    /** One namespace, to be changed, and all that writing the others again needs. */
    record Changing(String name) implements DocumentPart {}

    /** One record, and the names of the others of its namespace. */
    record Entry(String namespace, String resourceServer) implements DocumentPart {}

    /** The namespaces and the names of what they hold. */
    record Names() implements DocumentPart {}

    /** Asked with depth and name of each property, in the order of the text; keeps state, so for one reading only. */
    default BiPredicate<Integer, String> wanted() {
        return new BiPredicate<>() {

            private @Nullable String top;

            @Override
            public boolean test(Integer depth, String name) {
                if (depth == 1) {
                    top = name;
                }
                boolean data = JsonDocument.DATA.equals(top);
                if (DocumentPart.this instanceof Namespace namespace) {
                    return depth != 2 || !data || name.equals(namespace.name());
                }
                if (DocumentPart.this instanceof Entry one) {
                    return data && depth == 2
                            ? name.equals(one.namespace())
                            : depth != (data ? 3 : 2) || name.equals(one.resourceServer());
                }
                return !(DocumentPart.this instanceof Names) || depth != (data ? 3 : 2);
            }
        };
    }
}
