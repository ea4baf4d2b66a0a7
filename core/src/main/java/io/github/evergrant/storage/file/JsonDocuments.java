package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.util.Map;

/** Documents of the Globus formats without a file. They hold tokens in clear text. */
public final class JsonDocuments {

    private JsonDocuments() {}

    /** Of format 2.0, with one namespace. */
    public static byte[] format2(String namespace, Map<String, TokenData> records) {
        return text(JsonDocument.empty(Path.of(""), false), namespace, records);
    }

    /** Of format 1.0, which has one namespace without a name, and no identities. */
    public static byte[] format1(Map<String, TokenData> records) {
        return text(JsonDocument.empty(Path.of(""), true), JsonDocument.DEFAULT, records);
    }

    private static byte[] text(JsonDocument empty, String namespace, Map<String, TokenData> records) {
        try {
            for (Map.Entry<String, TokenData> each : records.entrySet()) {
                empty.put(namespace, each.getKey(), each.getValue());
            }
        } catch (MalformedDocument e) {
            throw new AssertionError("a new document has nothing that cannot be read", e);
        }
        return empty.bytes();
    }
}
