package io.github.evergrant.examples;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageProvider;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.file.FileTokenStorage;
import io.github.evergrant.storage.file.TokenDocument;
import io.github.evergrant.storage.file.TokenTree;
import io.github.evergrant.storage.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sessions in a properties file: each is one property, a JSON object of its tokens by resource server. */
public final class PropertiesTokenStorage extends FileTokenStorage {

    private static final String SCHEME = "properties";

    /** Opens {@code properties:PATH}; named in {@code META-INF/services}. */
    public static final class Provider implements TokenStorageProvider {
        @Override
        public String scheme() {
            return SCHEME;
        }

        @Override
        public TokenStorage open(String address, StorageOptions options) {
            String path = address.substring(SCHEME.length() + 1);
            return new PropertiesTokenStorage(TokenStorages.path(address, path), options);
        }
    }

    private PropertiesTokenStorage(Path path, StorageOptions options) {
        super(SCHEME, path, options);
    }

    @Override
    protected TokenDocument empty() {
        return new TokenTree(new TreeMap<>(), PropertiesTokenStorage::encode);
    }

    @Override
    protected TokenDocument parse(byte[] bytes) throws MalformedDocument {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes));
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedDocument("it is no properties file");
        }
        Map<String, @Nullable Object> sessions = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> sessions.put(name, value(properties.getProperty(name))));
        return new TokenTree(sessions, PropertiesTokenStorage::encode);
    }

    /** A property that holds something else is kept as it is. */
    private static Object value(String text) {
        try {
            return Json.readObject(text);
        } catch (MalformedDocument e) {
            return text;
        }
    }

    private static byte[] encode(Map<String, @Nullable Object> sessions) throws IOException {
        Properties all = new Properties();
        sessions.forEach(
                (name, value) -> all.setProperty(name, value instanceof String text ? text : Json.text(value)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        all.store(bytes, null);
        return bytes.toByteArray();
    }
}
