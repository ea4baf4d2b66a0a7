package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A format that a stranger may have: each line is {@code namespace resource-server access-token second-of-its-end}; the
 * last line is a full stop, so that half a file can be told.
 */
final class LineTokenStorage extends FileTokenStorage {

    private final boolean foreign;
    final List<Integer> parsed = new ArrayList<>();

    LineTokenStorage(Path path, StorageOptions options, boolean foreign) {
        super("lines", path, options);
        this.foreign = foreign;
    }

    @Override
    protected TokenDocument empty() {
        return new Lines(new ArrayList<>());
    }

    @Override
    protected TokenDocument parse(byte[] bytes) throws MalformedDocument {
        parsed.add(bytes.length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.endsWith("\n.\n")) {
            throw new MalformedDocument("its last line is no full stop");
        }
        return new Lines(
                new ArrayList<>(text.substring(0, text.length() - 3).lines().toList()));
    }

    private final class Lines implements TokenDocument {

        private final List<String> lines;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        private static String word(String line, int index) {
            String[] words = line.split(" ");
            return index < words.length ? words[index] : "";
        }

        @Override
        public List<String> namespaces() {
            return lines.stream().map(line -> word(line, 0)).distinct().toList();
        }

        @Override
        public List<String> resourceServers(String namespace) throws MalformedDocument {
            if (namespace.equals("cursed")) {
                throw new MalformedDocument("it is cursed");
            }
            return lines.stream()
                    .filter(line -> word(line, 0).equals(namespace))
                    .map(line -> word(line, 1))
                    .toList();
        }

        @Override
        public TokenData read(String namespace, String resourceServer) throws MalformedDocument {
            String line = lines.get(indexOf(namespace, resourceServer));
            try {
                return TokenData.bearer(
                        resourceServer,
                        Secret.of(word(line, 2)),
                        Expiry.at(Instant.ofEpochSecond(Long.parseLong(word(line, 3)))));
            } catch (NumberFormatException e) {
                throw new MalformedDocument("its end is not a number");
            }
        }

        @Override
        public void put(String namespace, String resourceServer, TokenData data) {
            String line = String.join(
                    " ",
                    namespace,
                    resourceServer,
                    data.accessToken().reveal(),
                    Long.toString(data.expiry().epochSecond()));
            int index = indexOf(namespace, resourceServer);
            if (index < 0) {
                lines.add(line);
            } else {
                lines.set(index, line);
            }
        }

        @Override
        public void remove(String namespace, String resourceServer) {
            lines.remove(indexOf(namespace, resourceServer));
        }

        @Override
        public boolean remove(String namespace) {
            return lines.removeIf(line -> word(line, 0).equals(namespace));
        }

        private int indexOf(String namespace, String resourceServer) {
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith(namespace + " " + resourceServer + " ")) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public byte[] bytes() {
            return (String.join("\n", lines) + "\n.\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isWrittenByEvergrant() {
            return !foreign;
        }
    }
}
