package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.providers.agave.saved.Selection;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.session.SessionFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The exact command to run next: after an error, or to put something right. */
public final class NextCommand {

    private static final String PROGRAM = "evergrant";

    private final Invocation it;
    private final SameCommand same;
    private final AgaveAdvice agave;
    private final LikelyProvider likely;

    NextCommand(Invocation it) {
        this.it = it;
        this.same = new SameCommand(it.words());
        this.agave = new AgaveAdvice(it, same, this);
        this.likely = new LikelyProvider(it, same, agave);
    }

    /** What to run after something went wrong with a session, if anything helps. */
    public @Nullable String after(EvergrantException e, @Nullable String session) {
        if (e instanceof LoginRequired) {
            return afterLoginRequired(e.code(), session);
        }
        if (e instanceof StorageFailure failure) {
            return new StorageAdvice(it.storage(session), it.now()).after(failure, again(session));
        }
        if (e instanceof LoginFailed) {
            boolean taken = e.code().equals("other_account") || e.code().equals("other_provider");
            String name = taken && session != null ? free(session) : session;
            return loggingIn(name);
        }
        if (e.code().equals("maybe_done") && agave.mayHaveCreated()) {
            return agave.lookingForClient();
        }
        if (e instanceof TemporarilyUnavailable) {
            return e.code().equals("in_doubt") && session != null ? settling(session, null) : again(session);
        }
        if (e instanceof ProviderRefused) {
            if (session != null && it.isOfVariables(session)) {
                return it.ofVariables().orElseThrow().replacing(this);
            }
            if (e.code().equals("one_time_code_refused") && "login".equals(command())) {
                return same.lacking("--otp").forSession(session) + (isCodeGiven() ? " --otp CODE" : "");
            }
            Path credentials = e.path().orElse(null);
            if (credentials != null) {
                return creatingCredentials(credentials);
            }
            boolean retyped = "login".equals(command()) || e.code().equals("wrong_password");
            return session == null || retyped ? again(session) : afterRefused(e, session);
        }
        Path damaged = e.path().orElse(null);
        if (damaged != null && e.code().equals("credentials_malformed")) {
            return new StorageAdvice(it.store(), it.now()).aside(damaged.toString());
        }
        return afterInvalidInput(e.code(), session);
    }

    /** Nobody is asked for a code that is given, and the one that was is of no use any more. */
    private boolean isCodeGiven() {
        return same.value("--otp") != null
                || new Secrets(it).variable("EVERGRANT_OTP").isPresent();
    }

    /** This login once more; for a command that logged in on its way, the login alone. */
    private String loggingIn(@Nullable String session) {
        return session == null || "login".equals(command()) ? again(session) : login(session, false);
    }

    /** Renews a session, whatever its token is like; the token is shown to nobody. */
    public String settling(String session, @Nullable String resourceServer) {
        List<String> words = new ArrayList<>(List.of("token", "-s", session, "--renew"));
        if (resourceServer != null) {
            words.addAll(List.of("--resource-server", resourceServer));
        }
        return line(words.toArray(new String[0])) + " > /dev/null";
    }

    /** The same command with a stack trace. */
    String verbosely() {
        return same.with("-v");
    }

    private @Nullable String afterInvalidInput(String code, @Nullable String session) {
        return switch (code) {
            case "session_needed" -> again(it.door().sessions().get(0));
            case "resource_server_needed" -> session == null ? null : withResourceServer(session);
            case "unknown_command" -> line("--help");
            case "unknown_provider" -> line("providers", "list");
            case "unknown_tenant" -> line("tenants");
            case "credentials_exist" -> again(session) + " --replace";
            case "real_session_in_sandbox" -> "unset EVERGRANT_SANDBOX";
            case "port_taken" -> atNextPort(session);
            case "redirect_needed" -> loggingIn(session) + " --redirect-uri URI";
            case "session_exists" -> afterTaken(session);
            case "rotating_adopted" -> session == null ? line("sessions", "list") : anew(session);
            case "name_is_alias" -> session == null ? null : agave.byItsName(session);
            case "name_is_fixed" -> agave.secondName();
            case "store_is_format_1" -> upgrading();
            case "rotating_session" -> same.withoutFlags("--keep", "--copy");
            default -> {
                String command = command();
                yield command == null ? line("--help") : line(command, "--help");
            }
        };
    }

    /** A login that comes back to another port: the one after that which was named, or is registered unless one is named. */
    private String atNextPort(@Nullable String session) {
        for (String option : List.of("--listen", "--redirect-uri")) {
            String named = "login".equals(command()) ? same.value(option) : null;
            if (named != null) {
                return same.without(option, null) + " " + option + " " + ShellWords.quoted(nextPort(named));
            }
        }
        return loggingIn(session) + " --redirect-uri " + nextPort(TastytradeProvider.REDIRECT.toString());
    }

    private static String nextPort(String address) {
        return Pattern.compile(":(\\d{1,5})(?=/|$)")
                .matcher(address)
                .replaceFirst(port -> ":" + (Integer.parseInt(port.group(1)) + 1) % 65_536);
    }

    /** For the store that has room for one session only; one that is not there yet can be made with more. */
    private String upgrading() {
        String target = same.value("--to");
        String address = target == null ? it.store() : it.address(target);
        String path = address.substring(address.indexOf(':') + 1);
        if (Files.exists(Path.of(path))) {
            return ShellWords.line(List.of(PROGRAM, "--store", address, "sessions", "upgrade"));
        }
        String larger = "json:" + path;
        return target == null
                ? same.inStore(larger)
                : same.without("--to", null) + " --to " + ShellWords.quoted(larger);
    }

    /** Another name is free here; for what is copied elsewhere, here as well. */
    private String afterTaken(@Nullable String session) {
        String what = "sessions".equals(command()) ? same.word(1) : null;
        if (session != null && "copy".equals(what)) {
            return line("sessions", "rename", session, free(session));
        }
        return session != null && "import".equals(what) ? again(free(session)) : line("sessions", "list");
    }

    private @Nullable String afterLoginRequired(String code, @Nullable String session) {
        if (session == null) {
            return line("login", agave.isReadyToLogIn() ? "agave" : likely.any());
        }
        if (code.equals("moved")) {
            SessionRecords.Moved moved =
                    new SessionRecords(it.door().storage(), session).movedTo().orElse(null);
            if (moved != null) {
                return moved.toStorage() ? elsewhere(session, moved) : renamed(session, moved.to());
            }
        }
        if (code.equals("adopted_gone")) {
            return line("sessions", "delete", session);
        }
        if (code.equals("unknown_session") && "sessions".equals(command())) {
            return line("sessions", "list");
        }
        if (it.isOfVariables(session)) {
            return it.ofVariables().orElseThrow().replacing(this);
        }
        String again = login(session, code.equals("other_account"));
        return code.equals("unknown_resource_server") ? again + scopes() : again;
    }

    /** A login helps where the API wants another consent, or a scope that no token of the session has. */
    private String afterRefused(EvergrantException e, String session) {
        List<String> missing = new MissingScopes(it).of(e, session);
        return missing.isEmpty() ? line("sessions", "show", session) : login(session, false) + asking(missing);
    }

    /** What a login has to ask for besides. */
    private String scopes() {
        return it.needed().isEmpty() ? " --scope SCOPE" : asking(it.needed().values());
    }

    private static String asking(List<String> scopes) {
        return scopes.stream()
                .map(scope -> " --scope " + ShellWords.quoted(scope))
                .collect(Collectors.joining());
    }

    String renamed(String session, String to) {
        String renamed = same.renamed(session, to);
        return renamed == null ? again(to) : renamed;
    }

    /** In the store that it went to; one that has not arrived there is sent once more. */
    private @Nullable String elsewhere(String session, SessionRecords.Moved moved) {
        if (!moved.finished()) {
            return sending(session, moved.to());
        }
        if (!SameCommand.isShown(moved.to())) {
            return null;
        }
        String there = moved.nameThere() == null ? session : moved.nameThere();
        return passesWordsOn()
                ? ShellWords.line(List.of(PROGRAM, "--store", moved.to(), "status", "-s", there, "--check"))
                : same.inStore(moved.to(), session, there);
    }

    /** This command line once more. */
    public String again() {
        return again(null);
    }

    /** A word as a shell takes it. */
    public String quoted(String word) {
        return ShellWords.quoted(word);
    }

    /** This command line without the options that say who asks. */
    public String withoutPerson() {
        return same.withoutAll(Person.WITH_VALUES, Person.FLAGS);
    }

    /** The command that creates app credentials, in the place of those in a file unless that is null. */
    public String creatingCredentials(@Nullable Path there) {
        List<String> words = new ArrayList<>(List.of("clients", "create", "--provider", "spatiafi"));
        String environment = same.value("--environment");
        if (environment != null) {
            words.addAll(List.of("--environment", environment));
        }
        if (there != null) {
            words.addAll(
                    there.toString().endsWith(".json") ? List.of("--package-file", "--replace") : List.of("--replace"));
        }
        return line(words.toArray(new String[0]));
    }

    /** This command line with that file in the place of what it imports from. */
    public String importing(String file) {
        return same.without("--from", file);
    }

    /** This command line for a namespace. */
    public String withNamespace(String namespace) {
        return same.without("--namespace", null) + " --namespace " + ShellWords.quoted(namespace);
    }

    /** The command that finishes a move; null when the address may hold a password. */
    public @Nullable String sending(String session, String address) {
        return SameCommand.isShown(address) ? line("sessions", "copy", session, "--to", address) : null;
    }

    /** A login like a session's, by a name that is free. */
    private String anew(String session) {
        return login(session, free(session), false);
    }

    /** The command that logs a session in again. */
    public String login(String session, boolean replace) {
        return login(session, session, replace);
    }

    private String login(String session, String as, boolean replace) {
        List<String> words = new ArrayList<>(List.of("login"));
        SessionFacts facts = facts(session).orElse(null);
        words.add(facts == null ? likely.of(session) : facts.provider());
        // What Agave's files call otherwise than TENANT/USER/CLIENT lacks something that a login says anew.
        if (Selection.isName(as) || !agave.keeps(as)) {
            words.addAll(List.of("-s", as));
        }
        if (facts != null && !facts.environment().equals(defaultEnvironment(facts.provider()))) {
            words.addAll(List.of("--environment", facts.environment()));
        }
        if (facts != null && facts.kind() == LoginResult.Kind.CLIENT_CREDENTIALS) {
            words.addAll(List.of(
                    "--client-credentials", "--client-id", facts.client().id()));
        }
        if (facts != null
                && facts.provider().equals(TastytradeProvider.ID)
                && TastytradeProvider.isPassword(facts.tokenEndpoint())) {
            // Without a remember token it would end with its token, and could not be renewed.
            words.addAll(List.of("--password", "--remember"));
        }
        if (replace) {
            words.add("--replace");
        }
        String sandbox =
                facts == null || facts.base() == null ? "" : facts.base().toString();
        String elsewhere = sandbox.isEmpty() || it.sandbox().isPresent() ? "" : "EVERGRANT_SANDBOX=" + sandbox + " ";
        return elsewhere + line(words.toArray(new String[0]));
    }

    /** The same command, for a session by name. What went to a child or an API is not repeated. */
    String again(@Nullable String session) {
        return passesWordsOn()
                ? session == null ? line("status", "--check") : line("status", "-s", session, "--check")
                : same.forSession(session);
    }

    /** The same command with another word in the place of one. */
    public String instead(String from, String to, String session) {
        return same.replaced(from, to).forSession(session);
    }

    /** What goes to an API may be secret, and is not repeated; a program's words can be seen by everybody anyway. */
    private String withResourceServer(String session) {
        boolean secret = "curl".equals(command()) && it.words().stream().anyMatch(NextCommand::isContent);
        return secret
                ? line("curl", "--help")
                : passesWordsOn()
                        ? same.withOption(
                                it.namedSession().isPresent() ? null : session,
                                "--resource-server",
                                firstResourceServer(session))
                        : again(session) + " --resource-server " + ShellWords.quoted(firstResourceServer(session));
    }

    private static boolean isContent(String word) {
        return word.startsWith("-d") || word.startsWith("-H") || word.startsWith("--data") || word.startsWith("--head");
    }

    private boolean passesWordsOn() {
        return "curl".equals(command()) || "exec".equals(command());
    }

    private @Nullable String command() {
        return same.name();
    }

    /** A name like this one that no session has. */
    public String free(String session) {
        List<String> taken = it.door().sessions();
        int number = 2;
        while (taken.contains(session + "-" + number)) {
            number++;
        }
        return session + "-" + number;
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

    /** A command line of this program, with the store that was named. */
    public String line(String... words) {
        List<String> all = new ArrayList<>(List.of(PROGRAM));
        it.namedStore().filter(SameCommand::isShown).ifPresent(store -> all.addAll(List.of("--store", store)));
        all.addAll(List.of(words));
        return ShellWords.line(all);
    }
}
