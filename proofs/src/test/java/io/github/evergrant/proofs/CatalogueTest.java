package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the documents list has a test that bears its id or its name.
 *
 * <p>The ids of a test stand before the colon of its {@code @DisplayName}: {@code "24, W4: a killed process ..."}.
 */
final class CatalogueTest {

    /** What of {@code docs/protocols/globus.md} has no test, and why. */
    private static final Map<String, String> WITHOUT_TEST =
            Map.of("65", "an address and an exchange belong to a login that was begun: there is no way to ask before");

    private static final Pattern WEAKNESS = Pattern.compile("(?m)^\\| (W\\d+) \\|");
    private static final Pattern QUIRK = Pattern.compile("(?m)^\\| (Q\\d+) \\|");
    private static final Pattern STATEMENT = Pattern.compile("(?m)^(\\d+)\\. ");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern DISPLAY_NAME =
            Pattern.compile("@DisplayName\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)\\)");
    private static final Pattern ID = Pattern.compile("W?\\d+");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)`");

    private final Path root = root();

    @Test
    void every_weakness_and_statement_of_the_globus_protocol_has_a_test() {
        Set<String> listed = listed();
        Map<String, List<String>> tested = tested("globus");
        assertThat(without(listed, tested.keySet()))
                .as(
                        "ids of docs/protocols/globus.md without a @DisplayName that begins with them, and those said to have none")
                .containsExactlyElementsOf(WITHOUT_TEST.keySet());
        assertThat(without(tested.keySet(), listed))
                .as("ids in @DisplayNames that docs/protocols/globus.md does not have: " + tested)
                .isEmpty();
    }

    @Test
    void every_statement_and_quirk_of_the_agave_protocol_has_a_test() {
        String text = read(root.resolve("docs/protocols/agave.md"));
        int quirks = text.indexOf("\n## 6.");
        int statements = text.indexOf("\n## 7.");
        Set<String> listed = ids(STATEMENT, text.substring(statements, text.indexOf("\n## 8.")));
        listed.addAll(ids(QUIRK, text.substring(quirks, statements)));
        assertThat(listed).hasSize(72 + 46);
        Set<String> tested = new TreeSet<>();
        sources()
                .forEach((place, source) -> DISPLAY_NAME
                        .matcher(source)
                        .results()
                        .map(CatalogueTest::text)
                        .filter(name -> place.contains("/agave/") || name.startsWith("agave "))
                        .map(name -> name.replaceFirst("^agave ", ""))
                        .forEach(name -> tested.addAll(List.of(name.substring(0, Math.max(0, name.indexOf(':')))
                                .split(", ", -1)))));
        assertThat(without(listed, tested))
                .as("ids of docs/protocols/agave.md without a @DisplayName that begins with them")
                .isEmpty();
    }

    @Test
    void every_test_that_the_protocol_of_renewal_names_is_there() throws IOException {
        String renewal = Files.readString(root.resolve("docs/renewal.md"));
        String section = renewal.substring(renewal.indexOf("\n## 12."));
        List<String> names =
                NAMED.matcher(section).results().map(found -> found.group(1)).toList();
        assertThat(names).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        String sources = String.join("\n", sources().values());
        assertThat(names.stream().filter(name -> !isIn(sources, name)))
                .as("names in section 12 of docs/renewal.md that no test has")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"spatiafi, SP, 51", "tastytrade, TT, 100"})
    void every_statement_of_a_protocol_has_a_test(String provider, String letters, int last) {
        String protocol = "docs/protocols/" + provider + ".md";
        Set<String> listed =
                ids(Pattern.compile("(?m)^\\| " + letters + "-0?(\\d+) \\|"), read(root.resolve(protocol)));
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, last)
                        .mapToObj(Integer::toString)
                        .toList());
        Set<String> tested = testedBy(provider + " ");
        assertThat(without(listed, tested))
                .as("statements of " + protocol + " without a test")
                .isEmpty();
        assertThat(without(tested, listed))
                .as("tests of statements that it does not have")
                .isEmpty();
    }

    /** The ids that stand in display names behind a word for their protocol: {@code "spatiafi 8, 9: ..."}. */
    private Set<String> testedBy(String word) {
        Set<String> tested = new TreeSet<>();
        sources().values().stream()
                .flatMap(source -> DISPLAY_NAME.matcher(source).results())
                .map(CatalogueTest::text)
                .forEach(name -> {
                    boolean theirs = false;
                    for (String id :
                            name.substring(0, Math.max(0, name.indexOf(':'))).split(", ", -1)) {
                        theirs =
                                id.startsWith(word) || (theirs && ID.matcher(id).matches());
                        if (theirs) {
                            tested.add(id.replace(word, ""));
                        }
                    }
                });
        return tested;
    }

    /** As a method, as a class, or in a display name. */
    private static boolean isIn(String sources, String name) {
        String method = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        return Pattern.compile(
                        "void " + method + "\\(|class " + name + "Test |@DisplayName\\(\\s*\"[^\"]*\\b" + name + "\\b")
                .matcher(sources)
                .find();
    }

    private Set<String> listed() {
        String text = read(root.resolve("docs/protocols/globus.md"));
        int statements = text.indexOf("\n## 7.");
        int weaknesses = text.indexOf("\n## 8.");
        Set<String> listed = ids(STATEMENT, text.substring(statements, weaknesses));
        listed.addAll(ids(WEAKNESS, text.substring(weaknesses)));
        Stream<String> numbers = IntStream.rangeClosed(1, 102).mapToObj(Integer::toString);
        Stream<String> others = IntStream.rangeClosed(1, 35).mapToObj(number -> "W" + number);
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(numbers, others).toList());
        return listed;
    }

    private static Set<String> ids(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ids with the places of their tests. What other protocols list has numbers of its own, and folders of its own. */
    private Map<String, List<String>> tested(String protocol) {
        Set<String> others = protocols();
        assertThat(others.remove(protocol)).isTrue();
        Map<String, List<String>> tested = new TreeMap<>();
        sources().forEach((place, source) -> {
            if (others.stream().noneMatch(other -> place.contains("/" + other + "/"))) {
                DISPLAY_NAME.matcher(source).results().map(CatalogueTest::text).forEach(name -> {
                    for (String word :
                            name.substring(0, Math.max(0, name.indexOf(':'))).split(", ", -1)) {
                        if (ID.matcher(word).matches()) {
                            tested.computeIfAbsent(word, id -> new ArrayList<>())
                                    .add(place);
                        }
                    }
                });
            }
        });
        return tested;
    }

    private static String text(MatchResult name) {
        return LITERAL.matcher(name.group(1))
                .results()
                .map(literal -> literal.group(1))
                .collect(Collectors.joining());
    }

    private Set<String> protocols() {
        try (Stream<Path> all = Files.list(root.resolve("docs/protocols"))) {
            return all.map(file -> file.getFileName().toString().replace(".md", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The test sources of all modules, by path. */
    private Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {

                /** What a build leaves comes and goes meanwhile. */
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    return name.equals("target") || name.startsWith(".")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String place = root.relativize(file).toString();
                    if (place.endsWith(".java") && place.contains("src/test/java/")) {
                        sources.put(place, read(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static List<String> without(Set<String> these, Set<String> those) {
        return these.stream().filter(each -> !those.contains(each)).sorted().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("verify"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder above has the script verify");
        }
        return folder;
    }
}
