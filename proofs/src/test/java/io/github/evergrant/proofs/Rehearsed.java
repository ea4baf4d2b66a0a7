package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that have renewed before, elsewhere: between two crossings they do their work, and load no classes.
 *
 * <p>So whoever kills one some time after a crossing kills it in the middle of that work. For one thread.
 */
final class Rehearsed implements AutoCloseable {

    private static final int TIMES = 3;

    private final Playground elsewhere;
    private final Path folder;
    private final String whose;
    private final List<ForkedJvm> started = new ArrayList<>();

    /**
     * Begins with the first one.
     *
     * @param folder for them alone
     */
    Rehearsed(Path folder, Kept kept, SandboxSettings settings) {
        this.elsewhere = new Playground(kept.session(), settings);
        this.folder = folder;
        String session = kept.session().session();
        String address = kept.address(folder.resolve("sessions"));
        this.whose = session + " " + address;
        try (Evergrant door = Evergrant.open(address)) {
            door.keep(session, elsewhere.login(Duration.ofMinutes(15)), false);
        }
        begin();
    }

    private Path beacon() {
        return folder.resolve("beacon");
    }

    /** Begins with the next one. Not while the one before must not be disturbed. */
    void begin() {
        ForkedJvm process = ForkedJvm.start(SessionProgram.class, beacon().toString());
        started.add(process);
        for (int i = 0; i < TIMES; i++) {
            process.say("renew -1 " + whose);
        }
    }

    /** The one that was begun with last, when it is ready. Once each. */
    Victim take() {
        ForkedJvm process = started.get(started.size() - 1);
        assertThat(process.hear()).isEqualTo("ready");
        List<List<Crossing>> rehearsals = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            rehearsals.add(rehearsal(process));
        }
        // What the first one took was spent on loading classes.
        return new Victim(process, new Beacon(beacon()), rehearsals.subList(1, TIMES));
    }

    private static List<Crossing> rehearsal(ForkedJvm process) {
        List<Crossing> all = new ArrayList<>();
        String line = process.hear();
        while (line != null && Crossing.parse(line).isPresent()) {
            all.add(Crossing.parse(line).orElseThrow());
            line = process.hear();
        }
        assertThat(line).isEqualTo("renewed");
        return all;
    }

    @Override
    public void close() {
        started.forEach(ForkedJvm::close);
        elsewhere.close();
    }
}
