package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real browser without a window. For the thread that made it. */
final class Chromium implements AutoCloseable {

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Path tools;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Chromium() {
        Path program = PLACES.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Chromium is missing: ./verify installs it"));
        tools = Path.of(System.getProperty("evergrant.browser.tools", ""));
        if (!Files.exists(tools.resolve("driver/package/cli.js"))) {
            throw new AssertionError("Playwright is missing in " + tools + ": ./verify installs it");
        }
        System.setProperty("playwright.cli.dir", tools.resolve("driver").toString());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
    }

    /** A tab of a person of its own. */
    Page tab() {
        BrowserContext person = browser.newContext(new Browser.NewContextOptions().setViewportSize(900, 700));
        Page page = person.newPage();
        page.onConsoleMessage(message -> {
            // Every browser asks for an icon; there is none.
            if (message.type().equals("error") && !message.location().contains("favicon")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    /** What the pages did that a browser did not let them do. */
    List<String> complaints() {
        return complaints;
    }

    /** Keeps how a page looks in light and dark, and lets axe look at it in both. */
    void inspect(Page page, String name) {
        String html = page.content();
        List<ColorScheme> schemes = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
        for (ColorScheme scheme : schemes) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(picture(name, scheme)).setFullPage(true));
        }
        for (ColorScheme scheme : schemes) {
            assertThat(violations(html, scheme))
                    .as("axe on %s, %s", name, scheme)
                    .isEmpty();
        }
    }

    private static Path picture(String name, ColorScheme scheme) {
        return Path.of(
                System.getProperty("project.build.directory"),
                "pages",
                name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
    }

    /** A copy, since the page itself lets no script run: not even axe. */
    private List<String> violations(String html, ColorScheme scheme) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setColorScheme(scheme))) {
            Page copy = context.newPage();
            copy.setContent(html);
            copy.evaluate(axe());
            Object found =
                    copy.evaluate("async () => (await axe.run({runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa',"
                            + " 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})).violations"
                            + ".map(it => it.id + ': ' + it.nodes.map(node => node.html).join(' '))");
            return asList(found).stream().map(String::valueOf).toList();
        }
    }

    private String axe() {
        try {
            return Files.readString(tools.resolve("node_modules/axe-core/axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<?> asList(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of("axe did not answer: " + value);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
