package io.github.evergrant.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs to which the modes of files apply, also where the tests are run by root. */
public final class Powerless {

    private Powerless() {}

    /** The words that stand before a command: none for anybody but root, who loses the power to ignore modes. */
    public static List<String> words() {
        return isRoot() ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--") : List.of();
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }
}
