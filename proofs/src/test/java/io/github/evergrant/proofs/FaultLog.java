package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.token.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the sandbox's log says of the requests that met a row of faults. */
final class FaultLog {

    private record Entry(JsonNode logged, @Nullable FaultKind fault) {

        /** Whether the work was done, and well. */
        boolean acted() {
            return logged.get("work").isNumber() && logged.get("work").intValue() == 200;
        }

        boolean cameTooLate() {
            return fault != null && fault.lasting() && fault.what().equals("delay") && !fault.after() && !acted();
        }

        boolean sent(Secret refreshToken) {
            return List.of(logged.get("body").asString().split("&"))
                    .contains("refresh_token=" + SandboxHand.encoded(refreshToken));
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<FaultKind> met = new ArrayList<>();

    /** Sees that the faults in the log are the first of the row. */
    FaultLog(List<JsonNode> log, List<FaultKind> row) {
        for (JsonNode each : log) {
            FaultKind fault = null;
            if (each.has("fault")) {
                fault = row.get(met.size());
                assertThat(each.get("fault").get("do").asString())
                        .isEqualTo(fault.what().replace("drop-after", "drop"));
                met.add(fault);
            }
            entries.add(new Entry(each, fault));
        }
    }

    /** The faults that befell a request, in order. */
    List<FaultKind> met() {
        return met;
    }

    /** Whether the server has used up this refresh token by a request whose answer nobody could read. */
    boolean lostAnswerTo(Secret refreshToken) {
        return entries.stream()
                .anyMatch(each -> each.fault() != null
                        && each.fault().losesTheAnswer()
                        && each.sent(refreshToken)
                        && (each.acted() || each.cameTooLate()));
    }

    /** Whether the server held a request back until another one had used its refresh token up. */
    boolean hasLateOne() {
        return entries.stream().anyMatch(Entry::cameTooLate);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Entry each : entries) {
            text.append('\n').append(each.logged().get("time").asString());
            text.append(" work ").append(each.logged().get("work"));
            text.append(" status ").append(each.logged().get("status"));
            text.append(' ').append(each.fault() == null ? "no fault" : each.fault());
        }
        return text.toString();
    }
}
