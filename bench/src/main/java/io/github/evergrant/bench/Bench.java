package io.github.evergrant.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures, prints the table, and says by its exit code whether every promise was kept. */
public final class Bench {

    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("authorize", new HotPath());
        PARTS.put("stampede", new Stampede());
        PARTS.put("store", new Storing());
        PARTS.put("process", new Processes());
        PARTS.put("memory", new Memory());
    }

    private Bench() {}

    /**
     * @param words {@code --quick}, {@code --write FILE}, names of parts (all when none is named), and after {@code --}
     *     the launcher, a folder to work in, and the JDKs
     */
    public static void main(String[] words) throws Exception {
        List<String> parts = new ArrayList<>();
        boolean quick = false;
        Path report = null;
        int i = 0;
        for (; !words[i].equals("--"); i++) {
            switch (words[i]) {
                case "--quick" -> quick = true;
                case "--write" -> report = Path.of(words[++i]);
                default -> parts.add(words[i]);
            }
        }
        List<Jdk> jdks = new ArrayList<>();
        for (int j = i + 3; j < words.length; j++) {
            jdks.add(Jdk.at(Path.of(words[j])));
        }
        Plan plan = new Plan(quick, jdks, Path.of(words[i + 1]), Path.of(words[i + 2]));
        Table table = new Table();
        for (String name : parts.isEmpty() ? PARTS.keySet() : parts) {
            Part part = PARTS.get(name);
            if (part == null) {
                throw new IllegalArgumentException("there is no part " + name + "; there are " + PARTS.keySet());
            }
            long began = System.nanoTime();
            part.run(plan, table);
            System.err.printf("measured %s in %d s%n", name, (System.nanoTime() - began) / 1_000_000_000L);
        }
        table.printTo(System.out);
        if (report != null) {
            write(report, Machine.describe(plan), table);
        }
        System.exit(table.allKept() ? 0 : 1);
    }

    /** Replaces what stands behind the heading of the results. */
    private static void write(Path report, String machine, Table table) throws IOException {
        String heading = "## Results\n";
        String text = Files.readString(report, StandardCharsets.UTF_8);
        int end = text.indexOf(heading) + heading.length();
        Files.writeString(report, text.substring(0, end) + "\n" + machine + "\n" + table.text());
    }
}
