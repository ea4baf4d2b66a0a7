package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.providers.agave.saved.EnvironmentSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to run next where Agave's clients, files or variables are concerned. For one thread. */
final class AgaveAdvice {

    private final Invocation it;
    private final SameCommand same;
    private final NextCommand next;

    AgaveAdvice(Invocation it, SameCommand same, NextCommand next) {
        this.it = it;
        this.same = same;
        this.next = next;
    }

    /** Whether a client may be there now whose secret nobody has; all else can be done twice. */
    boolean mayHaveCreated() {
        String command = same.name();
        return "login".equals(command) || ("clients".equals(command) && "create".equals(same.word(1)));
    }

    String lookingForClient() {
        List<String> words = new ArrayList<>(List.of("clients", "list"));
        for (String option : List.of("--tenant", "--tenants-url", "--username")) {
            String value = same.value(option);
            if (value != null) {
                words.addAll(List.of(option, value));
            }
        }
        return next.line(words.toArray(new String[0]));
    }

    /** One session may be asked for by its client's key, and is called after the client. */
    @Nullable
    String byItsName(String session) {
        try {
            return it.agaveFiles()
                    .flatMap(files -> files.saved(session))
                    .map(saved -> next.renamed(session, saved.name()))
                    .orElse(null);
        } catch (EvergrantException e) {
            return null;
        }
    }

    /** A second name is noted in the usual store, beside which the files are. */
    String secondName() {
        String folder = it.store().substring(it.store().indexOf(':') + 1);
        boolean usual = it.store().equals(it.address("agave:"));
        String prefix = usual ? "" : "TAPIS_CACHE_DIR=" + ShellWords.quoted(folder) + " ";
        return prefix + same.inStore(it.directories().defaultStore());
    }

    /** Whether the variables hold all that a login needs. */
    boolean isReadyToLogIn() {
        return it.sandbox().isEmpty()
                && EnvironmentSession.of(it.outside().environment()).kind() == EnvironmentSession.Kind.LOGIN;
    }

    /** Whether the files are the store that is meant, and have the session. */
    boolean keeps(String session) {
        return it.store().startsWith("agave:") && it.storage(session).equals(it.store());
    }
}
