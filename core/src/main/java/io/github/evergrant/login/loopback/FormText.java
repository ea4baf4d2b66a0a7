package io.github.evergrant.login.loopback;

import static io.github.evergrant.login.loopback.PageText.escape;

import java.net.URI;
import java.util.stream.Collectors;

/** A form as HTML. Nothing that was typed is ever written here. */
final class FormText {

    private FormText() {}

    static String of(Page.Form form, String style) {
        boolean again = !form.problem().isEmpty();
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width,initial-scale=1">
                <title>%1$s</title><style>%2$s</style></head>
                <body class="form%3$s"><main>
                <h1>%1$s</h1>
                <ol>
                %4$s</ol>
                <div role="status">%5$s</div>
                <form method="post" autocomplete="off">
                <input type="hidden" name="%6$s" value="%7$s">
                %8$s%9$s<button>%10$s</button>
                </form>
                </main></body></html>
                """.formatted(
                        escape(form.heading()),
                        style,
                        again ? " bad" : "",
                        form.hints().stream().map(FormText::hint).collect(Collectors.joining()),
                        again ? "<p><strong>" + escape(form.problem()) + "</strong></p>" : "",
                        escape(form.hidden().name()),
                        escape(form.hidden().value().reveal()),
                        fixed(form.fixed()),
                        form.fields().stream().map(FormText::field).collect(Collectors.joining()),
                        escape(form.button()));
    }

    private static String hint(Page.Hint hint) {
        URI address = hint.address();
        String link = address == null
                ? ""
                : "<a href=\"" + escape(address.toString()) + "\" target=\"_blank\" rel=\"noopener noreferrer\">"
                        + escape(hint.link()) + "</a>";
        return "<li>" + escape(hint.before()) + link + escape(hint.after()) + "</li>\n";
    }

    private static String fixed(Page.Fixed it) {
        return "<label for=\"fixed\">" + escape(it.label()) + "</label>\n<input id=\"fixed\" readonly value=\""
                + escape(it.value()) + "\">\n";
    }

    private static String field(Page.Field it) {
        String name = escape(it.name());
        return "<label for=\"" + name + "\">" + escape(it.label()) + "</label>\n<input id=\"" + name + "\" name=\""
                + name
                + "\" type=\"" + (it.secret() ? "password" : "text")
                + "\" required autocomplete=\"off\" spellcheck=\"false\">\n";
    }
}
