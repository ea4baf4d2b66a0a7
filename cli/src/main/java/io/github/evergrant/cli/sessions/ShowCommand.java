package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows all that is kept of a session; its secrets only when they are asked for. */
@Command(
        name = "show",
        description = "Shows what is kept of a session, without its secrets unless --reveal is given.",
        footer = {"  evergrant sessions show tour", "  evergrant sessions show tour --reveal --json"})
final class ShowCommand implements CliCommand {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which session; else as for every command.")
    private @Nullable String name;

    @Option(names = "--reveal", description = "Show tokens and the client's secret in clear text.")
    private boolean reveal;

    @Override
    public int run(Invocation it) {
        Session session = it.look(it.sessionName(name));
        SessionReport report = SessionReport.of(session, it.now());
        Map<String, @Nullable Object> json = report.json(it.storage(session.name()));
        if (reveal) {
            json.put("secrets", secrets(session));
        }
        if (it.json()) {
            it.voice().json(json);
        } else {
            it.voice().print(lines("", json));
        }
        return Exits.DONE;
    }

    private static Map<String, @Nullable Object> secrets(Session session) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        Secret client = session.facts()
                .map(SessionFacts::client)
                .map(known -> known.secret())
                .orElse(null);
        if (client != null) {
            all.put("client_secret", client.reveal());
        }
        session.standing().records().forEach((rs, entry) -> all.put(rs, tokens(entry.data())));
        return all;
    }

    private static Map<String, @Nullable Object> tokens(TokenData data) {
        Map<String, @Nullable Object> tokens = new LinkedHashMap<>();
        tokens.put("access_token", data.accessToken().reveal());
        tokens.put("refresh_token", data.refresh().map(Secret::reveal).orElse(null));
        return tokens;
    }

    private static List<String> lines(String indent, Map<?, ?> object) {
        List<String> lines = new ArrayList<>();
        object.forEach((key, value) -> {
            String label = indent + Printable.text(String.valueOf(key)).replace('_', ' ') + ":";
            if (value instanceof Map<?, ?> inner) {
                lines.add(label);
                lines.addAll(lines(indent + "  ", inner));
            } else if (value instanceof Iterable<?> items) {
                List<String> words = new ArrayList<>();
                items.forEach(item -> words.add(String.valueOf(item)));
                lines.add(label + " " + Printable.text(String.join(" ", words)));
            } else if (value != null && !key.equals("schema")) {
                lines.add(label + " " + Printable.text(value.toString()));
            }
        });
        return lines;
    }
}
