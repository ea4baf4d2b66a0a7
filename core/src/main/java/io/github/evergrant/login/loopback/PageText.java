package io.github.evergrant.login.loopback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The pages as HTML: no script, nothing from elsewhere, every value escaped. */
final class PageText {

    /** Every text has a contrast of 7:1 or more with what is behind it, in light and in dark. */
    private static final String STYLE = """
            :root{color-scheme:light dark;--back:#fff;--text:#16191d;--soft:#40464f;--line:#c9ced6;--code:#eef0f3;\
            --good:#0a5a2b;--bad:#8f1a12;--calm:#1d4789;font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
            @media (prefers-color-scheme:dark){:root{--back:#14171b;--text:#f1f3f5;--soft:#c3c9d1;--line:#3f4650;\
            --code:#23282e;--good:#86e0a6;--bad:#ffb4ab;--calm:#a9c8ff}}
            body{margin:0;background:var(--back);color:var(--text)}
            main{box-sizing:border-box;max-width:34rem;margin:0 auto;padding:15vh 1.25rem 2rem}
            svg{display:block;width:3rem;height:3rem;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;\
            stroke-linejoin:round}
            .good svg{color:var(--good)}.bad svg{color:var(--bad)}.calm svg{color:var(--calm)}
            h1{margin:1rem 0 .5rem;font-size:1.75rem;line-height:1.25}
            p{margin:0 0 1rem;overflow-wrap:anywhere}
            pre{margin:0 0 1rem;padding:.75rem 1rem;background:var(--code);border:1px solid var(--line);border-radius:.4rem;\
            white-space:pre-wrap;overflow-wrap:anywhere;user-select:all;font:.95rem/1.5 ui-monospace,monospace}
            small{color:var(--soft);font-size:.9rem}
            a,summary{color:var(--calm)}ol{padding-left:1.5rem}li{margin:0 0 .5rem}
            .form main{padding-top:5vh}label{display:block;margin:1rem 0 .25rem;font-weight:600}
            input{box-sizing:border-box;width:100%;padding:.6rem .75rem;border:1px solid var(--soft);border-radius:.4rem;\
            background:var(--back);color:var(--text);font:inherit}input[readonly]{background:var(--code)}
            button{margin:1.5rem 0 0;padding:.6rem 1.5rem;border:0;border-radius:.4rem;background:var(--calm);\
            color:var(--back);font:inherit;font-weight:600}.bad strong{color:var(--bad)}
            """;

    private static final String STYLE_HASH = hash(STYLE);

    private static final String TICK = "<path d=\"M7.5 12.5l3 3 6-7\"/>";
    private static final String CROSS = "<path d=\"M8.5 8.5l7 7m0-7l-7 7\"/>";
    private static final String PERSON = "<circle cx=\"12\" cy=\"9.5\" r=\"2.5\"/><path d=\"M7 17.5c1-4 9-4 10 0\"/>";
    private static final String HANDS = "<path d=\"M12 7v5l3 2\"/>";

    private PageText() {}

    /**
     * The policy that lets exactly this style be used, and nothing else.
     *
     * @param formAction where forms may lead
     */
    static String policy(String formAction) {
        return "default-src 'none'; style-src 'sha256-" + STYLE_HASH + "'; base-uri 'none'; form-action " + formAction
                + "; frame-ancestors 'none'";
    }

    static String of(Page page) {
        if (page instanceof Page.Done done) {
            return html(
                    done.sentence(),
                    "good",
                    TICK,
                    "Signed in",
                    paragraph(done.sentence() + " You can close this tab."),
                    revealed(done.revealed()));
        }
        if (page instanceof Page.Form form) {
            return FormText.of(form, STYLE);
        }
        if (page instanceof Page.Refused refused) {
            String small = "<p><small>Code: " + escape(refused.code()) + "</small></p>";
            return html(
                    "Not signed in",
                    "bad",
                    CROSS,
                    "Not signed in",
                    paragraph(refused.sentence()) + next(refused.next()) + small);
        }
        if (page instanceof Page.WrongAccount wrong) {
            return html(
                    "Another account signed in",
                    "bad",
                    PERSON,
                    "Another account signed in",
                    paragraph(wrong.sentence()) + next(wrong.next()));
        }
        if (page instanceof Page.Finishing) {
            return html(
                    "Finishing the sign-in",
                    "calm",
                    HANDS,
                    "Finishing the sign-in …",
                    paragraph("The provider takes its time. This page goes on by itself."));
        }
        return html(
                "Nothing was changed",
                "calm",
                HANDS,
                "Nothing was changed",
                paragraph("This sign-in is finished or was started elsewhere. Nothing was changed."));
    }

    private static String html(String title, String mood, String sign, String heading, String main) {
        return html(title, mood, sign, heading, main, "");
    }

    private static String html(String title, String mood, String sign, String heading, String main, String aside) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width,initial-scale=1">
                <title>%1$s</title><style>%2$s</style></head>
                <body class="%3$s"><main>
                <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/>%4$s</svg>
                <div role="status"><h1>%5$s</h1>
                %6$s</div>
                %7$s</main></body></html>
                """.formatted(escape(title), STYLE, mood, sign, escape(heading), main, aside);
    }

    private static String revealed(Page.@Nullable Revealed it) {
        return it == null
                ? ""
                : "<details><summary>" + escape(it.label()) + "</summary>\n" + paragraph(it.warning()) + "<pre>"
                        + escape(it.value().reveal()) + "</pre></details>\n";
    }

    private static String paragraph(String words) {
        return "<p>" + escape(words) + "</p>\n";
    }

    private static String next(String command) {
        return command.isEmpty() ? "" : "<p>What to do next:</p>\n<pre>" + escape(command) + "</pre>\n";
    }

    /** Fit for elements; control characters become spaces. */
    static String escape(String text) {
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

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
