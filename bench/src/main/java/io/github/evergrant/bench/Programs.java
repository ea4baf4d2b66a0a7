package io.github.evergrant.bench;

import io.github.evergrant.bench.subject.Endpoint;
import io.github.evergrant.bench.subject.Ours;
import io.github.evergrant.bench.subject.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The programs that are run on one JDK, with homes of their own. */
final class Programs {

    static final String SESSION = "bench";

    private final Plan plan;
    private final Jdk jdk;
    private final Path folder;
    private final Path errors;

    Programs(Plan plan, Jdk jdk) throws IOException {
        this.plan = plan;
        this.jdk = jdk;
        this.folder = Files.createTempDirectory("evergrant-programs");
        this.errors = plan.folder().resolve("errors");
    }

    /** Java, printing a line. */
    Ran.Command hello() throws IOException {
        return new Ran.Command(List.of(jdk.java(), "-cp", ownClasses(), Hello.class.getName()), Map.of(), errors);
    }

    /** What was compiled for this, and no libraries. */
    private String ownClasses() throws IOException {
        // A class alone, as anybody's first program: a jar of benchmarks would take longer to open.
        String name = Hello.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve("hello").resolve(name);
        if (!Files.exists(copy)) {
            Files.createDirectories(copy.getParent());
            try (var in = Hello.class.getClassLoader().getResourceAsStream(name)) {
                Files.copy(java.util.Objects.requireNonNull(in), copy);
            }
        }
        return folder.resolve("hello").toString();
    }

    /** What a script in Python pays before its first line of OAuth. */
    Ran.Command python() {
        return new Ran.Command(List.of("python3", "-c", "import requests; print('hello')"), Map.of(), errors);
    }

    /** Evergrant as a person calls it, with a home that has one session. */
    Ran.Command evergrant(Home home, String... words) {
        List<String> all = new ArrayList<>(List.of(plan.program().toString()));
        all.addAll(List.of(words));
        return new Ran.Command(
                all,
                Map.of(
                        "EVERGRANT_HOME",
                        home.folder.toString(),
                        "EVERGRANT_STORE",
                        home.store,
                        "EVERGRANT_JAVA_HOME",
                        jdk.home().toString()),
                errors);
    }

    /** As {@link #evergrant}, behind another command. */
    Ran.Command behind(List<String> first, Ran.Command command) {
        List<String> all = new ArrayList<>(first);
        all.addAll(command.words());
        return new Ran.Command(all, command.environment(), command.errors());
    }

    Home home(String scheme) throws IOException {
        Path home = Files.createTempDirectory(folder, scheme);
        Path state = Files.createDirectories(home.resolve("state"));
        return new Home(home, scheme + ":" + state.resolve(scheme.equals("json") ? "sessions.json" : "sessions.db"));
    }

    /**
     * Where a program keeps its sessions.
     *
     * @param store its address
     */
    record Home(Path folder, String store) {

        Home with(Tokens tokens, @Nullable Endpoint endpoint) {
            Ours.keep(store, SESSION, tokens, endpoint);
            return this;
        }
    }
}
