package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.NextCommand;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.renewal.Finding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to run where something that is kept is not as it should be. */
final class Remedies {

    private final NextCommand next;

    Remedies(NextCommand next) {
        this.next = next;
    }

    /** The exact command, if one helps. */
    Optional<String> of(Finding finding) {
        Problem problem = finding.problem();
        String session = problem.session();
        try {
            return session == null
                    ? Optional.ofNullable(next.after(new StorageFailure(problem), null))
                    : Optional.ofNullable(of(problem, session, finding.about()));
        } catch (EvergrantException e) {
            // What it needs to know cannot be read; something else is found, too.
            return Optional.empty();
        }
    }

    private @Nullable String of(Problem problem, String session, @Nullable String about) {
        String other = String.valueOf(about);
        return switch (problem.code()) {
            case "in_doubt", "store_outdated", "session_unlisted" -> next.settling(session, about);
            case "answer_unsaved" -> next.line("status", "-s", session, "--check");
            case "move_unfinished" -> next.sending(session, other);
            case "rename_unfinished" -> next.line("sessions", "rename", session, other);
            case "current_outdated" -> next.line("sessions", "use", session);
            case "logout_unfinished" -> next.line("logout", "-s", session);
            case "adopted_gone", "adopted_unreachable" -> next.line("sessions", "delete", session);
            case "name_taken_twice" -> next.line("sessions", "rename", session, next.free(session));
            case "token_malformed" -> next.login(session, false);
            case "other_account" -> next.login(session, true);
            default -> next.after(new StorageFailure(problem), session);
        };
    }
}
