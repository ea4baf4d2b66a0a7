package io.github.evergrant.cli.frame;

import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveUser;
import io.github.evergrant.providers.agave.AgaveVariables;
import io.github.evergrant.token.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who asks, and where the password comes from; what they leave open is asked at the terminal. */
public final class Person {

    private static final String STDIN = "--password-stdin";

    /** The options of all of this that have values, and those that have none. */
    static final List<String> WITH_VALUES = List.of("--username", "--password-file", "--password-command");

    static final List<String> FLAGS = List.of(STDIN);

    @Option(names = "--username", paramLabel = "U", description = "Who logs in, as the provider knows them.")
    private @Nullable String username;

    @Option(names = STDIN, description = "Read the password from standard input.")
    private boolean fromInput;

    @Option(names = "--password-file", paramLabel = "F", description = "Read the password from a file.")
    private @Nullable String file;

    @Option(
            names = "--password-command",
            paramLabel = "C",
            description = "Take what this command prints as the password.")
    private @Nullable String command;

    /** Whether any of them was given. */
    public boolean isGiven() {
        return username != null || fromInput || file != null || command != null;
    }

    /** Who was named, if somebody was. */
    public Optional<String> named() {
        return Optional.ofNullable(username);
    }

    /** Refuses a password that comes from two places, and claims standard input if it is read. */
    public void claimInput(Invocation it) {
        if ((fromInput ? 1 : 0) + (file == null ? 0 : 1) + (command == null ? 0 : 1) > 1) {
            throw CliProblem.usage("give the password in one way");
        }
        if (fromInput) {
            it.input().claim(STDIN);
        }
    }

    /**
     * Who asks: whoever was named, else the session's account, else {@code TAPIS_USERNAME}, else whoever sits there says.
     *
     * @param tenant whom it is told
     * @param known the session's account, if there is a session
     */
    public String username(Invocation it, ProviderData tenant, Optional<String> known) {
        return named().or(() -> known)
                .or(() -> variables(it, tenant).username())
                .orElseGet(() -> asked(it, "API username: ", false));
    }

    /** The same where no variable says it. */
    public String username(Invocation it, String prompt, Optional<String> known) {
        return named().or(() -> known).orElseGet(() -> asked(it, prompt, false));
    }

    /** Whether an option says where a password comes from. */
    public boolean givesPassword() {
        return fromInput || file != null || command != null;
    }

    /** The password: from an option, {@code EVERGRANT_PASSWORD}, or whoever sits there. */
    public Secret password(Invocation it, String prompt) {
        return given(it)
                .or(() -> new Secrets(it).variable("EVERGRANT_PASSWORD"))
                .orElseGet(() -> Secret.of(asked(it, prompt, true)));
    }

    /** With their password; an empty one is refused. */
    public AgaveUser user(Invocation it, ProviderData tenant, String name) {
        return new AgaveUser(name, password(it, tenant, name));
    }

    /** Those of the originals; a sandbox, whose log everybody may read, gets nothing that is meant for others. */
    public static AgaveVariables variables(Invocation it, ProviderData tenant) {
        return new AgaveVariables(tenant.base() == null ? it.outside().environment() : Map.of());
    }

    private Optional<Secret> given(Invocation it) {
        Secrets secrets = new Secrets(it);
        String path = file;
        String line = command;
        if (fromInput) {
            return Optional.of(secrets.standardInput(STDIN));
        }
        if (path != null) {
            return Optional.of(secrets.file("--password-file", path));
        }
        return line == null ? Optional.empty() : Optional.of(secrets.command("--password-command", line));
    }

    private Secret password(Invocation it, ProviderData tenant, String name) {
        return given(it)
                .or(() -> new Secrets(it).variable("EVERGRANT_PASSWORD"))
                // One that was set for somebody else goes to nobody.
                .or(() -> variables(it, tenant)
                        .password()
                        .filter(each ->
                                variables(it, tenant).username().orElse(name).equals(name)))
                .orElseGet(() -> Secret.of(asked(it, "API password: ", true)));
    }

    private static String asked(Invocation it, String prompt, boolean hidden) {
        if (!it.mayAsk()) {
            throw CliProblem.of(
                    Exits.LOGIN_NEEDED,
                    "terminal_needed",
                    "asking for " + (hidden ? "the password" : "the username") + " needs a person at a terminal",
                    it.namedSession().orElse(null),
                    it.nextCommand().again());
        }
        String typed = hidden
                ? it.outside().terminal().askHidden(prompt)
                : it.outside().terminal().ask(prompt);
        if (typed == null) {
            throw cancelled(it);
        }
        return typed;
    }

    /** Somebody ended the input instead of answering. */
    public static CliProblem cancelled(Invocation it) {
        return CliProblem.of(
                Exits.LOGIN_FAILED,
                "login_cancelled",
                "this was cancelled; nothing was changed",
                it.namedSession().orElse(null),
                it.nextCommand().again());
    }
}
