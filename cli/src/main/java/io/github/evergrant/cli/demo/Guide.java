package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What the steps of one system have at hand: processes with its store, its desk in the sandbox, a place for rows. */
final class Guide implements AutoCloseable {

    private final Setting setting;
    private final Toured system;
    private final Consumer<Row> rows;
    private final String store;
    private final Evergrant door;
    private final Desk desk;

    /**
     * What all systems of a tour share.
     *
     * @param processes how many come at once
     * @param undisturbed whether nobody asked for faults of their own
     */
    record Setting(Invocation it, Workshop workshop, URI sandbox, int processes, boolean undisturbed) {}

    /** @param rows told of each row as soon as it is known; may throw to end the tour */
    Guide(Setting setting, Toured system, Consumer<Row> rows) {
        this.setting = setting;
        this.system = system;
        this.rows = rows;
        this.store = system.store().apply(setting.workshop().home());
        this.door = Evergrant.open(
                store,
                EvergrantSettings.defaults()
                        .withHttp(setting.it().http())
                        .withClock(setting.it().outside().clock())
                        .withRefreshAhead(false));
        this.desk = new Desk(setting.sandbox(), door.http(), system.id());
    }

    /** @param seen what the sandbox counted, a child process answered, or stands in a file */
    void see(String what, String promised, Object seen) {
        rows.accept(new Row(system, what, promised, seen.toString()));
    }

    /** Says why processes failed, where what is promised of many says only that they did. */
    void explain(List<Answer> answers) {
        answers.stream()
                .filter(answer -> answer.exit() != 0)
                .map(answer -> answer.err().lines().findFirst().orElse(""))
                .distinct()
                .limit(3)
                .forEach(setting.it().voice()::say);
    }

    Answer run(String... words) {
        return runWith("", words);
    }

    Answer runWith(String input, String... words) {
        return setting.workshop().run(store, input, words);
    }

    List<Answer> runAtOnce(int count, String... words) {
        return runAtOnceWith("", count, words);
    }

    List<Answer> runAtOnceWith(String input, int count, String... words) {
        return setting.workshop().runAtOnce(count, store, input, words);
    }

    /** What the sandbox counts meanwhile. */
    Stats.Between during(Runnable work) {
        Stats before = desk.stats();
        work.run();
        return new Stats.Between(before, desk.stats());
    }

    /** The next request of a kind takes so long, unless it is others' faults that are shown. */
    void delay(String kind, long ms) {
        if (setting.undisturbed()) {
            desk.faults("[{\"dialect\":\"" + system.id() + "\",\"kind\":\"" + kind + "\",\"do\":\"delay\",\"ms\":" + ms
                    + "}]");
        }
    }

    /** Asks the clock; it is the clock that the children ask. */
    void awaitEnd(String session) {
        Instant end = door.session(session).expiresAt().orElse(Instant.MIN);
        while (!setting.it().now().isAfter(end)) {
            LockSupport.parkUntil(end.toEpochMilli() + 1);
        }
    }

    /** The only record of a session, as it is kept now. */
    TokenData stored(String session) {
        return door.session(session).standing().records().values().stream()
                .findFirst()
                .map(Standing.Entry::data)
                .orElseThrow(() -> new LoginRequired(Problem.of("unknown_session", "nothing is kept of " + session)));
    }

    /** The sessions, as the children keep them. */
    Evergrant door() {
        return door;
    }

    Desk desk() {
        return desk;
    }

    URI sandbox() {
        return setting.sandbox();
    }

    Path home() {
        return setting.workshop().home();
    }

    int processes() {
        return setting.processes();
    }

    @Override
    public void close() {
        door.close();
    }
}
