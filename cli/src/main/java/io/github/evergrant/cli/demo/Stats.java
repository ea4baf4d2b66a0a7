package io.github.evergrant.cli.demo;

/** What the sandbox has counted at one of the systems that it plays. */
record Stats(Told counts) {

    long requests(String kind) {
        return counts.number("requests", kind);
    }

    long refused(String kind) {
        return counts.number("refused", kind);
    }

    /** Of those requests that were not refused. */
    long done(String kind) {
        return requests(kind) - refused(kind);
    }

    long reuses() {
        return counts.number("reuses");
    }

    long familiesRevoked() {
        return counts.number("families_revoked");
    }

    long mostRefreshesAtOnce() {
        return counts.number("max_concurrent_refreshes");
    }

    /** What was counted between two looks. */
    record Between(Stats before, Stats after) {

        long requests(String kind) {
            return after.requests(kind) - before.requests(kind);
        }

        long refused(String kind) {
            return after.refused(kind) - before.refused(kind);
        }
    }
}
