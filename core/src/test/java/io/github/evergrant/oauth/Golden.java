package io.github.evergrant.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Data captured from other programs, by its place below {@code golden/}.
 *
 * @param value as JSON values
 */
public record Golden(@Nullable Object value) {

    public static Golden read(String place) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + place)) {
            if (in == null) {
                throw new AssertionError("no golden file " + place);
            }
            return new Golden(HostileJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(place + " is no JSON", e);
        }
    }

    /** The captured exchanges with a token endpoint, by name. */
    public static List<Golden> exchanges(String name) {
        return read("globus/http/token_endpoint_and_clients.json").items().stream()
                .filter(one -> one.at("name").text().equals(name))
                .findFirst()
                .orElseThrow()
                .at("exchanges")
                .items();
    }

    public boolean has(String name) {
        return object().containsKey(name);
    }

    public Golden at(String name) {
        return new Golden(object().get(name));
    }

    public Map<String, @Nullable Object> object() {
        return HostileJson.asObject(value);
    }

    public List<Golden> items() {
        return value instanceof List<?> list ? list.stream().map(Golden::new).toList() : List.of();
    }

    public String text() {
        return Objects.requireNonNull(value).toString();
    }
}
