package io.github.evergrant.bench;

import io.github.evergrant.bench.store.Bare;
import io.github.evergrant.bench.store.Filled;
import io.github.evergrant.bench.store.Kept;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Durable saves and reads of one record, in stores of any size. */
final class Storing implements Part {

    private static final double SAVE = 1.5;
    private static final double READ = 1.5;

    /** What the JVM calls warm: after 5,000 calls it compiles a method for good, and the floor has hardly any to compile. */
    private static final int WARMUPS = 6000;

    @Override
    public void run(Plan plan, Table table) throws Exception {
        Path folder = Files.createTempDirectory("evergrant-store");
        for (int namespaces : new int[] {1, 100, 10_000}) {
            json(plan, table, folder, namespaces);
        }
        Path one = Filled.sqlite(Files.createTempDirectory(folder, "one"), 1);
        for (int namespaces : new int[] {1, 100, 10_000, 100_000}) {
            sqlite(plan, table, folder, namespaces, one);
        }
    }

    private static void json(Plan plan, Table table, Path folder, int namespaces) throws Exception {
        Path file = Filled.json(folder, namespaces);
        byte[] bytes = Files.readAllBytes(file);
        Path other = folder.resolve("bare-" + namespaces + ".json");
        String store =
                String.format(Locale.ROOT, "JSON file of %,d sessions (%s)", namespaces, Amount.ofBytes(bytes.length));
        boolean large = namespaces > 1000;
        int rounds = large ? plan.times(20, 100) : plan.times(300, 2000);
        try (Kept kept = new Kept("json:" + file)) {
            Alternating saves = Alternating.time(
                    large ? rounds : WARMUPS,
                    rounds,
                    () -> Bare.write(other, bytes),
                    () -> Bare.writeDurably(other, bytes),
                    saving(kept));
            String what = "save, " + store;
            table.add(Row.of(what, "floor: write, fsync, rename", Amount.ofNanos(saves.nanos(0)), Double.NaN));
            table.add(Row.of(
                    what, "the same, and fsync of the folder", Amount.ofNanos(saves.nanos(1)), saves.ratio(1, 0)));
            table.add(Row.of(what, "Evergrant", Amount.ofNanos(saves.nanos(2)), saves.ratio(2, 0))
                    .within(SAVE));
            Alternating reads = Alternating.time(
                    rounds, rounds, Alternating.of(() -> Files.readAllBytes(other)), Alternating.of(kept::read));
            what = "read, " + store;
            table.add(Row.of(what, "floor: read the bytes", Amount.ofNanos(reads.nanos(0)), Double.NaN));
            table.add(Row.of(what, "Evergrant", Amount.ofNanos(reads.nanos(1)), reads.ratio(1, 0)));
        }
    }

    private static Alternating.Work saving(Kept kept) {
        return new Alternating.Work() {
            @Override
            public void prepare() {
                kept.obtain();
            }

            @Override
            public void run() {
                kept.save();
            }
        };
    }

    private static void sqlite(Plan plan, Table table, Path folder, int namespaces, Path one) throws Exception {
        Path file = Filled.sqlite(folder, namespaces);
        Path other = Filled.sqlite(Files.createTempDirectory(folder, "bare"), namespaces);
        String store = String.format(Locale.ROOT, "SQLite database of %,d sessions", namespaces);
        int rounds = plan.times(200, 1000);
        try (Kept kept = new Kept("sqlite:" + file);
                Kept alone = new Kept("sqlite:" + one);
                Bare.Row bare = new Bare.Row(other)) {
            Alternating saves = Alternating.time(rounds, rounds, bare::write, saving(kept));
            String what = "save, " + store;
            table.add(Row.of(what, "floor: update, commit", Amount.ofNanos(saves.nanos(0)), Double.NaN));
            table.add(Row.of(what, "Evergrant", Amount.ofNanos(saves.nanos(1)), saves.ratio(1, 0))
                    .within(SAVE));
            Alternating reads = Alternating.time(
                    rounds * 5,
                    rounds * 5,
                    Alternating.of(bare::read),
                    Alternating.of(alone::read),
                    Alternating.of(kept::read));
            what = "read, " + store;
            table.add(Row.of(what, "floor: select", Amount.ofNanos(reads.nanos(0)), Double.NaN));
            Row row = Row.of(what, "Evergrant", Amount.ofNanos(reads.nanos(2)), reads.ratio(2, 0));
            table.add(namespaces == 100_000 ? row.promised("≤ 1.5× of the read at 1", reads.ratio(2, 1) <= READ) : row);
        }
    }
}
