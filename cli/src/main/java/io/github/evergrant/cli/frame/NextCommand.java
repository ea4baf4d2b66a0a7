package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.session.SessionFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exact command to run after an error. */
final class NextCommand {

    private static final String PROGRAM = "evergrant";
    private static final Set<String> WITH_VALUE =
            Set.of("-s", "--session", "--store", "--color", "--timeout", "--ca-file");

    private final Invocation it;

    NextCommand(Invocation it) {
        this.it = it;
    }

    @Nullable
    String after(EvergrantException e, @Nullable String session) {
        if (e instanceof LoginRequired) {
            return afterLoginRequired(e.code(), session);
        }
        if (e instanceof StorageFailure) {
            return afterStorageFailure(e);
        }
        if (e instanceof LoginFailed) {
            boolean taken = e.code().equals("other_account") || e.code().equals("other_provider");
            return taken && session != null ? again(session + "-2") : again(session);
        }
        if (e instanceof TemporarilyUnavailable) {
            return again(session);
        }
        if (e instanceof ProviderRefused) {
            return session == null || "login".equals(command()) ? again(session) : line("sessions", "show", session);
        }
        return afterInvalidInput(e.code(), session);
    }

    /** The same command with a stack trace. */
    String verbosely() {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "-v"));
        words.addAll(it.words());
        return ShellWords.line(words);
    }

    private @Nullable String afterInvalidInput(String code, @Nullable String session) {
        return switch (code) {
            case "session_needed" -> again(it.door().sessions().get(0));
            case "resource_server_needed" ->
                session == null ? null : again(session) + " --resource-server " + firstResourceServer(session);
            case "unknown_command" -> line("--help");
            case "unknown_provider" -> line("providers", "list");
            case "real_session_in_sandbox" -> "unset EVERGRANT_SANDBOX";
            case "session_exists" -> line("sessions", "list");
            default -> {
                String command = command();
                yield command == null ? line("--help") : line(command, "--help");
            }
        };
    }

    private String afterLoginRequired(String code, @Nullable String session) {
        if (session == null) {
            return line("login", anyProvider());
        }
        if (code.equals("moved")) {
            Optional<String> to = new SessionRecords(it.door().storage(), session).movedTo();
            if (to.isPresent()) {
                return again(to.get());
            }
        }
        return login(session, code.equals("other_account"));
    }

    /** The command that logs a session in again. */
    private String login(String session, boolean replace) {
        List<String> words = new ArrayList<>(List.of("login"));
        SessionFacts facts = facts(session).orElse(null);
        words.add(facts == null ? providerFor(session) : facts.provider());
        words.addAll(List.of("-s", session));
        if (facts != null && !facts.environment().equals(defaultEnvironment(facts.provider()))) {
            words.addAll(List.of("--environment", facts.environment()));
        }
        if (facts != null && facts.kind() == LoginResult.Kind.CLIENT_CREDENTIALS) {
            words.addAll(List.of(
                    "--client-credentials", "--client-id", facts.client().id()));
        }
        if (replace) {
            words.add("--replace");
        }
        String sandbox =
                facts == null || facts.base() == null ? "" : facts.base().toString();
        String elsewhere = sandbox.isEmpty() || it.sandbox().isPresent() ? "" : "EVERGRANT_SANDBOX=" + sandbox + " ";
        return elsewhere + line(words.toArray(new String[0]));
    }

    private @Nullable String afterStorageFailure(EvergrantException e) {
        if (e.advice().startsWith("chmod ")) {
            return e.advice();
        }
        String address = it.store();
        if (!address.startsWith("json:") && !address.startsWith("json1:")) {
            return null;
        }
        String path = address.substring(address.indexOf(':') + 1);
        String quoted = ShellWords.quoted(path);
        return switch (e.code()) {
            case "store_corrupt" -> "mv " + quoted + " " + ShellWords.quoted(path + ".damaged");
            case "disk_full" ->
                "df -h " + ShellWords.quoted(String.valueOf(Path.of(path).getParent()));
            case "store_not_a_file" -> "ls -ld " + quoted;
            case "store_format_unknown" -> "head -c 300 " + quoted;
            case "store_busy", "store_locked" -> again(e.session().orElse(null));
            default -> "ls -l " + quoted;
        };
    }

    /** The same command, for a session by name. What went to a child or an API is not repeated. */
    String again(@Nullable String session) {
        String command = command();
        if ("curl".equals(command) || "exec".equals(command)) {
            return session == null ? line("status", "--check") : line("status", "-s", session, "--check");
        }
        List<String> words = new ArrayList<>(List.of(PROGRAM));
        boolean placed = session == null;
        for (int i = 0; i < it.words().size(); i++) {
            String word = it.words().get(i);
            boolean named = word.equals("-s") || word.equals("--session");
            if (session == null || (!named && !word.startsWith("--session="))) {
                words.add(word);
                continue;
            }
            i += named ? 1 : 0;
            if (!placed) {
                words.addAll(List.of("-s", session));
                placed = true;
            }
        }
        if (!placed && session != null) {
            words.addAll(List.of("-s", session));
        }
        return ShellWords.line(words);
    }

    private @Nullable String command() {
        boolean value = false;
        for (String word : it.words()) {
            if (value) {
                value = false;
            } else if (WITH_VALUE.contains(word)) {
                value = true;
            } else if (!word.startsWith("-")) {
                return word;
            }
        }
        return null;
    }

    private Optional<SessionFacts> facts(String session) {
        try {
            return it.door().session(session).facts();
        } catch (EvergrantException e) {
            return Optional.empty();
        }
    }

    private String firstResourceServer(String session) {
        return it.door()
                .session(session)
                .standing()
                .records()
                .keySet()
                .iterator()
                .next();
    }

    private @Nullable String defaultEnvironment(String provider) {
        return it.providers().all().stream()
                .filter(known -> known.id().equals(provider))
                .map(known -> known.environments().get(0))
                .findFirst()
                .orElse(null);
    }

    /** A session is called after its provider unless its owner wished otherwise. */
    private String providerFor(String session) {
        return it.providers().all().stream()
                .map(Provider::id)
                .filter(session::startsWith)
                .findFirst()
                .orElseGet(this::anyProvider);
    }

    private String anyProvider() {
        List<Provider> all = it.providers().all();
        return all.isEmpty() ? "PROVIDER" : all.get(0).id();
    }

    /** With the store that this command line named. */
    private String line(String... words) {
        List<String> all = new ArrayList<>(List.of(PROGRAM));
        it.namedStore().ifPresent(store -> all.addAll(List.of("--store", store)));
        all.addAll(List.of(words));
        return ShellWords.line(all);
    }
}
