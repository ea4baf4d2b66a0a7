package io.github.evergrant.cli.frame;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@link Globals} for the parser: apart from them, so that who needs no parser loads nothing of it. */
record GlobalOptions(Globals globals) {

    void addTo(CommandSpec command) {
        boolean free = command.findOption("-s") == null;
        String[] names = free ? new String[] {"-s", "--session"} : new String[] {"--session"};
        command.addOption(value("NAME", String.class, globals::nameSession, names));
        command.addOption(value("ADDRESS", String.class, text -> globals.store = text, "--store"));
        command.addOption(value("WHEN", Globals.Color.class, when -> globals.color = when, "--color"));
        command.addOption(value("D", Duration.class, duration -> globals.timeout = duration, "--timeout"));
        command.addOption(value("F", Path.class, file -> globals.caFile = file, "--ca-file"));
        command.addOption(flag(() -> globals.json = true, "--json"));
        command.addOption(flag(() -> globals.quiet = true, "-q", "--quiet"));
        command.addOption(flag(() -> globals.verbose = true, "-v", "--verbose"));
        command.addOption(flag(() -> globals.noInput = true, "--no-input"));
        command.addOption(flag(() -> globals.insecure = true, "--insecure-skip-tls-verify"));
        command.addOption(flag(() -> globals.strictPermissions = true, "--strict-permissions"));
        command.addOption(OptionSpec.builder(flag(() -> globals.help = true, "-h", "--help"))
                .usageHelp(true)
                .build());
        command.addOption(OptionSpec.builder(flag(() -> globals.version = true, "--version"))
                .versionHelp(true)
                .build());
    }

    private static <T> OptionSpec value(String label, Class<T> type, Consumer<T> to, String... names) {
        OptionSpec.Builder option = OptionSpec.builder(names)
                .paramLabel(label)
                .arity("1")
                .type(type)
                .hidden(true)
                .setter(new Taking<>(type, to));
        T[] values = type.getEnumConstants();
        if (values != null) {
            option.completionCandidates(Arrays.stream(values)
                    .map(each -> each.toString().toLowerCase(Locale.ROOT))
                    .toList());
        }
        return option.build();
    }

    private static OptionSpec flag(Runnable set, String... names) {
        return OptionSpec.builder(names)
                .arity("0")
                .type(boolean.class)
                .hidden(true)
                .setter(new Taking<>(Boolean.class, on -> {
                    if (on) {
                        set.run();
                    }
                }))
                .build();
    }

    /** The parser clears every option before it reads the words of a command: that must not undo what it read before. */
    private record Taking<T>(Class<T> type, Consumer<T> to) implements ISetter {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <V> @Nullable V set(@Nullable V value) {
            if (value != null) {
                to.accept(type.cast(value));
            }
            return null;
        }
    }
}
