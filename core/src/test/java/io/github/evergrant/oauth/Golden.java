package io.github.evergrant.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data captured from other programs, by its place below {@code golden/}. */
public final class Golden {

    private Golden() {}

    public static @Nullable Object read(String place) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + place)) {
            if (in == null) {
                throw new AssertionError("no golden file " + place);
            }
            return HostileJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .value();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(place + " is no JSON", e);
        }
    }

    public static List<?> list(String place) {
        return (List<?>) read(place);
    }
}
