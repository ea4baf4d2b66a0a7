package io.github.evergrant.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page for those who come from another library must cover.
 *
 * @param page in {@code docs}
 * @param code of the guides, in the order of the page
 * @param names what its tables of names must have a row for; code with its mark before it
 */
record Port(String page, String code, List<String> names) {

    private static final Path GUIDES = Path.of("src/test/resources");
    private static final Pattern TITLE = Pattern.compile("Complete Example Usage\\s+~{4,}");
    private static final Pattern CLASS = Pattern.compile("(?::class:`|\\.\\. autoclass:: )(\\w+)");
    private static final String BLOCK = ".. code-block::";

    @Override
    public String toString() {
        return page;
    }

    String text() {
        return read(Path.of("../docs", page));
    }

    static Port ofGlobus() {
        return ofGlobus(guide("globus-sdk/tokenstorage.rst"));
    }

    /** @param guide the page of {@code globus_sdk}'s documentation that the code is of */
    static Port ofGlobus(String guide) {
        List<String> classes = CLASS.matcher(guide)
                .results()
                .map(found -> "`" + found.group(1))
                .toList();
        return new Port("from-globus-sdk.md", onlyBlock(guide), classes);
    }

    static Port ofSpatiaFi() {
        return ofSpatiaFi(guide("spatiafi/app-credentials.txt"));
    }

    /** @param tutorial of SpatiaFi, a notebook, that the code is of */
    static Port ofSpatiaFi(String tutorial) {
        String notes = notes("spatiafi.md");
        List<String> names = new ArrayList<>();
        find("(?m)^\\| (`\\w+)\\(", between(notes, "## 7. ", "### 7.1 "), names);
        find("(`(?:SPATIAFI_)?(?:CLIENT|USER)_\\w+)`", between(notes, "### 6.1 ", "### 6.2 "), names);
        find("(`app_credentials(?:\\.json)?)`", between(notes, "### 6.1 ", "### 6.2 "), names);
        return new Port("from-spatiafi.md", Notebook.cut(tutorial).code(), List.copyOf(names));
    }

    static Port ofAgave() {
        return ofAgave(guide("agavepy/oauth-clients.txt"), guide("agavepy/saving-your-session.rst"));
    }

    /** @param clients and {@code saving}, the guides of agavepy's manual that the code is of */
    static Port ofAgave(String clients, String saving) {
        String code =
                String.join("\n", Pycon.cut(clients).text(), Pycon.cut(saving).text(), Pycon.block(saving, "json"));
        List<String> names = new ArrayList<>();
        String api = between(notes(), "## 2. Public API", "## 3. Wire formats");
        find("(?m)^### 2\\.\\d+ (`\\w+)\\(", api, names);
        find("(?m)^\\*\\*(`\\w+)\\(", api, names);
        for (String table : List.of(between(api, "### 2.1 ", "### 2.2 "), api.substring(api.indexOf("### 2.12 ")))) {
            for (String line : table.split("\n", -1)) {
                if (line.startsWith("| `")) {
                    find("(`\\w+)`", line.substring(0, line.indexOf(" | ")), names);
                }
            }
        }
        find("(?m)^\\| ((?:\\w+ )+(?:error|exception)) \\| (?!when)", between(api, "### 2.11 ", "### 2.12 "), names);
        return new Port("from-agavepy.md", code, List.copyOf(names));
    }

    static Port ofTastytrade() {
        return ofTastytrade(guide("tastytrade/sessions.rst"));
    }

    /** @param page of the package's manual that the code is of */
    static Port ofTastytrade(String page) {
        String notes = read(Path.of("../docs/protocols/tastytrade.md"));
        List<String> names = new ArrayList<>();
        find("(?m)^\\| \\d \\| (`\\w+)`", between(notes, "### 4.1 ", "### 4.2 "), names);
        find("(`\\w+)`", between(notes, "Attributes afterwards:", "### 4.4 "), names);
        find("(?m)^\\| (`\\w+)\\(\\)", between(notes, "### 4.7 ", "## 5. "), names);
        find("(?m)^## \\d+\\. (`\\S+)\\(", notes, names);
        find("(`OAuthSession)\\(", between(notes, "### 6.2 ", "### 6.3 "), names);
        find("(`Account\\.get)\\(", between(notes, "### 7.2 ", "## 8. "), names);
        find("(`(?:de)?serialize)\\(", between(notes, "## 11. ", "### 11.1 "), names);
        return new Port("from-tastytrade.md", String.join("\n", Pycon.blocks(page, "python")), List.copyOf(names));
    }

    private static void find(String pattern, String text, List<String> into) {
        Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .forEach(into::add);
    }

    private static String between(String text, String begin, String end) {
        return text.substring(text.indexOf(begin), text.indexOf(end));
    }

    /** What stands between the mark of the only block of code and the title that follows, which is underlined. */
    private static String onlyBlock(String guide) {
        int begin = guide.indexOf(BLOCK + " python");
        Matcher title = TITLE.matcher(guide);
        if (begin < 0 || !title.find(begin) || guide.indexOf(BLOCK, begin + 1) >= 0) {
            throw new AssertionError("the guide is not the one that the page was written for");
        }
        return guide.substring(begin + (BLOCK + " python").length(), title.start());
    }

    /** What is written down of agavepy. */
    static String notes() {
        return notes("agave.md");
    }

    /** What is written down of a system. */
    static String notes(String file) {
        return read(Path.of("../docs/protocols", file));
    }

    static String guide(String name) {
        return read(GUIDES.resolve(name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
