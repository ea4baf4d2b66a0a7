package io.github.evergrant.proofs;

import io.github.evergrant.proofs.Crossing.Boundary;
import io.github.evergrant.proofs.Crossing.Phase;
import java.util.List;

/**
 * The end of a renewing process by {@code SIGKILL}.
 *
 * @param crossings all that it came to before
 * @param cutOff whether it was at work, and did not stay at a crossing or had ended its work
 */
record Kill(List<Crossing> crossings, boolean cutOff) {

    Crossing last() {
        return crossings.get(crossings.size() - 1);
    }

    /** Whether it was ended in the middle of a write or a request. */
    boolean isInsideWork() {
        return cutOff && last().boundary().opensWork();
    }

    private boolean came(Phase phase, Boundary boundary) {
        return crossings.stream().anyMatch(each -> each.is(phase, boundary));
    }

    boolean intentMayBeDurable() {
        return came(Phase.INTENT, Boundary.WRITES_JOURNAL);
    }

    boolean intentIsDurable() {
        return came(Phase.INTENT, Boundary.HAS_WRITTEN_JOURNAL);
    }

    boolean answerMayBeDurable() {
        return came(Phase.ANSWER, Boundary.WRITES_JOURNAL);
    }

    boolean answerIsDurable() {
        return came(Phase.ANSWER, Boundary.HAS_WRITTEN_JOURNAL);
    }

    /** Between the sending and the moment at which the answer is known to be durable: what nobody can help. */
    boolean isInTheWindow() {
        return came(Phase.REQUEST, Boundary.SENDS) && !answerIsDurable();
    }

    @Override
    public String toString() {
        return "killed after crossing " + (crossings.isEmpty() ? "none" : last());
    }
}
