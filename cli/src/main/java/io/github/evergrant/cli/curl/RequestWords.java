package io.github.evergrant.cli.curl;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.http.HttpCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as it stands on the command line. */
record RequestWords(@Nullable String method, List<String> headers, List<String> data, String address) {

    private static final int MOST = 64 << 20;

    /** @throws InvalidInput when it cannot be sent, or must not: plain HTTP to another machine */
    HttpCall read(Invocation it) {
        URI uri = uri();
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Accept", "*/*");
        if (!data.isEmpty()) {
            all.put("Content-Type", "application/x-www-form-urlencoded");
        }
        headers.forEach(header -> put(all, header));
        all.values().removeIf(String::isEmpty);
        String verb = method != null ? method.toUpperCase(Locale.ROOT) : data.isEmpty() ? "GET" : "POST";
        return new HttpCall(verb, uri, all, body(it));
    }

    private URI uri() {
        try {
            URI uri = URI.create(address);
            Addresses.requireAllowed(uri);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(Problem.of("bad_address", "that is no address; quote what is special in one"));
        }
    }

    /** Of several with one name, a list; one without a value takes ours away. */
    private static void put(Map<String, String> all, String header) {
        int colon = header.indexOf(':');
        if (colon < 1) {
            throw CliProblem.usage("-H needs a header: Name: value");
        }
        String name = header.substring(0, colon).strip();
        String value = header.substring(colon + 1).strip();
        if (name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization")) {
            throw CliProblem.usage("-H " + name + " is not for arguments, which others can see; the session's token is"
                    + " sent without it");
        }
        boolean ours = name.equalsIgnoreCase("Accept") || name.equalsIgnoreCase("Content-Type");
        all.merge(name, value, (before, now) -> ours || now.isEmpty() ? now : before + ", " + now);
    }

    private byte[] body(Invocation it) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String each : data) {
            if (body.size() > 0) {
                body.write('&');
            }
            body.writeBytes(part(it, each));
        }
        return body.toByteArray();
    }

    private static byte[] part(Invocation it, String word) {
        if (word.equals("@-")) {
            return it.input().bytes("-d @-", MOST);
        }
        if (!word.startsWith("@")) {
            return word.getBytes(StandardCharsets.UTF_8);
        }
        Path file = it.path(word.substring(1));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] all = in.readNBytes(MOST + 1);
            if (all.length > MOST) {
                throw new InvalidInput(
                        Problem.of("data_too_long", "the file " + file + " is longer than " + MOST + " bytes"));
            }
            return all;
        } catch (IOException e) {
            throw new InvalidInput(Problem.of("data_unreadable", "the file " + file + " cannot be read")
                    .withCause(e));
        }
    }
}
