package io.github.evergrant.sandbox.server;

import io.github.evergrant.sandbox.token.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pages for people: no script, nothing from elsewhere, every value escaped. */
public final class Html {

    private static final String STYLE = """
            :root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
            body{max-width:30rem;margin:3rem auto;padding:0 1rem}
            label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}
            input,button{margin:.25rem 0 1rem;padding:.5rem}
            code{overflow-wrap:anywhere;user-select:all;font-size:1.1rem}
            """;

    private Html() {}

    /**
     * A page.
     *
     * @param status the HTTP status
     * @param title plain text, also the heading
     * @param main HTML whose values are escaped already
     * @param formTargets further origins a form on this page may lead to, separated by spaces; may be empty
     */
    public static Reply page(int status, String title, String main, String formTargets) {
        String body = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title><style>%2$s</style></head>
                <body><h1>%1$s</h1>
                %3$s
                <p><small>This is the Evergrant sandbox: no real account is involved.</small></p>
                </body></html>
                """.formatted(escape(title), STYLE, main);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; style-src '" + styleHash() + "'; base-uri 'none'; form-action 'self' "
                        + formTargets.strip() + "; frame-ancestors 'none'");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        return new Reply(status, headers, body);
    }

    /** The text as HTML, fit for elements and quoted attributes; control characters become spaces. */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return out.toString();
    }

    private static String styleHash() {
        byte[] hash = Digest.of("SHA-256", STYLE.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(hash);
    }
}
