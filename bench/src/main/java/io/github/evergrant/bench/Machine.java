package io.github.evergrant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where and when it was measured. */
final class Machine {

    private Machine() {}

    static String describe(Plan plan) throws IOException {
        return LocalDate.now(ZoneOffset.UTC) + (plan.quick() ? ", quickly" : "") + ", on "
                + Runtime.getRuntime().availableProcessors() + " × " + processor() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + plan.jdks().stream().map(jdk -> "JDK " + jdk.version()).collect(Collectors.joining(", ")) + ".\n";
    }

    private static String processor() throws IOException {
        Path known = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(known)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(known)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
