package io.github.evergrant.cli.status;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.frame.Times;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.cli.report.SessionState;
import io.github.evergrant.renewal.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of sessions for people: a line for each resource server, and what is wrong below. For one thread. */
final class StatusTable {

    private final Invocation it;
    private final Table table = new Table("SESSION", "PROVIDER", "ACCOUNT", "RESOURCE SERVER", "STATE", "EXPIRES");
    private final List<SessionState> states = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    StatusTable(Invocation it) {
        this.it = it;
    }

    void add(SessionReport report, @Nullable Check check) {
        Standing standing = report.standing();
        SessionState whole = report.state();
        standing.records().forEach((rs, entry) -> {
            SessionState own = SessionState.ofRecord(report.facts(), standing, rs, report.now());
            // What concerns the whole session is true of each of its tokens.
            SessionState state = whole == SessionState.IN_DOUBT || whole == SessionState.COOLING ? whole : own;
            states.add(state);
            table.row(
                    report.name(),
                    report.provider(),
                    report.account(),
                    rs,
                    state.word(),
                    SessionReport.end(entry.data(), report.now())
                            .orElse(it.isOfVariables(report.name()) ? "not known" : "never"));
        });
        if (it.isAdopted(report.name())) {
            remark(report, "kept in", it.storage(report.name()));
        }
        standing.records().forEach((rs, entry) -> {
            if (!standing.dead().containsKey(rs)) {
                remark(report, "can be renewed until", relative(entry.refreshEnd(), report));
            }
        });
        remark(
                report,
                "cannot be renewed",
                whole != SessionState.LOGIN_REQUIRED && report.endsWithToken()
                        ? "it ends with its token, " + report.expires()
                        : null);
        remark(report, "last renewal", relative(standing.lastRenewal(), report));
        remark(report, "last error", standing.lastFailure());
        remark(report, "left alone until", relative(standing.coolingUntil(), report));
        remark(report, "in doubt since", relative(standing.inDoubt(), report));
        List<String> unreadable = report.unreadable();
        if (unreadable != null) {
            unreadable.forEach(why -> remark(report, "cannot be read", why));
        }
        standing.dead().forEach((rs, why) -> {
            boolean refused = !why.equals(Standing.CLIENT_DELETED) && !why.startsWith(Standing.INTERACTION_REQUIRED);
            remark(report, refused ? "refused for " + rs : SessionState.LOGIN_REQUIRED.word(), why);
        });
        if (check != null) {
            remark(report, "check", check.words());
        }
    }

    List<String> lines() {
        if (states.isEmpty()) {
            return List.of("There are no sessions.");
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (it.colored()) {
            for (int i = 0; i < states.size(); i++) {
                lines.set(i + 1, colored(lines.get(i + 1), states.get(i)));
            }
        }
        lines.addAll(remarks);
        return lines;
    }

    private void remark(SessionReport report, String what, @Nullable String words) {
        if (words != null) {
            remarks.add(Printable.text(report.name() + ": " + what + ": " + words));
        }
    }

    private static @Nullable String relative(@Nullable Instant instant, SessionReport report) {
        return instant == null ? null : Times.relative(instant, report.now());
    }

    /** Green what is well, red what needs a person, yellow the rest. */
    private static String colored(String line, SessionState state) {
        String color = switch (state) {
            case FRESH, AGING -> "32";
            case LOGIN_REQUIRED -> "31";
            default -> "33";
        };
        int at = line.lastIndexOf("  " + state.word() + "  ") + 2;
        return at < 2
                ? line
                : line.substring(0, at) + "\u001b[" + color + "m" + state.word() + "\u001b[0m"
                        + line.substring(at + state.word().length());
    }
}
