package io.github.evergrant.providers.globus.service;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** The address of a request: the service's, one slash, the path with everything unusual encoded, the query. */
final class Addressing {

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Addressing() {}

    /** @throws InvalidInput {@code bad_path}, or {@code foreign_address} when the token has no business there */
    static URI of(URI base, ServiceRequest request) {
        String lower = request.path().toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return own(base, request);
        }
        String start = base.toString();
        String path = request.path().replaceFirst("^/+", "");
        requireNoDots(path);
        return URI.create((start.endsWith("/") ? start : start + "/") + encoded(path) + behind(request.query()));
    }

    /** A whole address, such as a service writes into its documents; the token goes to nobody else's. */
    private static URI own(URI base, ServiceRequest request) {
        URI uri;
        try {
            uri = URI.create(request.path());
        } catch (IllegalArgumentException e) {
            throw bad("that is no address");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!Addresses.sameOrigin(base, uri) || uri.getRawUserInfo() != null || !path.startsWith(base.getRawPath())) {
            throw new InvalidInput(Problem.of(
                    "foreign_address", "the address is not one of " + base + "; the token is not sent there"));
        }
        requireNoDots(uri.getPath());
        Query both = Query.parse(uri.getRawQuery()).with(request.query());
        String start = uri.getScheme() + "://" + uri.getRawAuthority() + path;
        return URI.create(start + behind(both));
    }

    /** What stands between two slashes is a name. These two are not: somebody on the way would go elsewhere. */
    private static void requireNoDots(String path) {
        for (String segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw bad("the path of a request cannot have the segment '" + segment + "'");
            }
        }
    }

    private static String behind(Query query) {
        String encoded = query.encoded();
        return encoded.isEmpty() ? "" : "?" + encoded;
    }

    private static String encoded(String path) {
        StringBuilder out = new StringBuilder(path.length());
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(path));
        } catch (CharacterCodingException e) {
            throw bad("the path of a request is no text: it has half a character");
        }
        while (bytes.hasRemaining()) {
            byte each = bytes.get();
            if (PLAIN.indexOf(each) >= 0) {
                out.append((char) each);
            } else {
                out.append('%').append(HEX.toHexDigits(each));
            }
        }
        return out.toString();
    }

    private static InvalidInput bad(String why) {
        return new InvalidInput(Problem.of("bad_path", why));
    }
}
