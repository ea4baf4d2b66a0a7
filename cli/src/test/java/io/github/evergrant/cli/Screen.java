package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A person's screen: a program that is started as a browser is, and notes what it was to open; and what a browser then does,
 * over real HTTP.
 */
final class Screen {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Pattern TOKEN = Pattern.compile("name=\"form\" value=\"([\\w-]+)\"");

    private final Path opened;
    private final Path program;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Screen(Path folder) {
        opened = folder.resolve("opened");
        program = folder.resolve("a browser");
        try {
            Files.createFile(opened);
            Files.writeString(
                    program, "#!/bin/sh\nenv >'" + folder.resolve("inherited") + "'\necho \"$1\" >>'" + opened + "'\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that opens an address here. */
    String command() {
        return "'" + program + "'";
    }

    /** What was opened until now. */
    List<String> opened() {
        try {
            return Files.readAllLines(opened);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that was opened last, once there are so many. */
    String address(int count) {
        Awaitility.await().atMost(LONG).until(() -> opened().size() >= count);
        return opened().get(count - 1);
    }

    /** Goes to an address, and on to where it leads; what was shown on the way, the last page last. */
    List<String> follow(String address) {
        List<String> pages = new ArrayList<>();
        URI next = URI.create(address);
        while (true) {
            HttpResponse<String> reply = go(next);
            if (reply.statusCode() == 303) {
                next = next.resolve(reply.headers().firstValue("Location").orElseThrow());
                assertThat(next.getRawQuery()).isNull();
                continue;
            }
            pages.add(reply.body());
            if (reply.headers().firstValue("Refresh").isEmpty()) {
                return pages;
            }
        }
    }

    /** One request as a browser makes it for a person. */
    HttpResponse<String> go(URI address) {
        return send(HttpRequest.newBuilder(address)
                .timeout(LONG)
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Site", "cross-site")
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Names an application on the page of ours that was opened. @return where that leads */
    String name(String address, String id, String secret) {
        HttpResponse<String> sent = fill(address, id, secret);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        return sent.headers().firstValue("Location").orElseThrow();
    }

    /** Fills in the form of ours that was opened, and sends it. */
    HttpResponse<String> fill(String address, String id, String secret) {
        String page = go(URI.create(address)).body();
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).as(page).isTrue();
        URI there = URI.create(address);
        return send(HttpRequest.newBuilder(there)
                .timeout(LONG)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://" + there.getRawAuthority())
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("form=" + token.group(1) + "&client_id="
                        + URLEncoder.encode(id, StandardCharsets.UTF_8) + "&client_secret="
                        + URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                .build());
    }

    /** Where a login that was opened comes back to. */
    static URI redirect(String address) {
        for (String pair : URI.create(address).getRawQuery().split("&", -1)) {
            if (pair.startsWith("redirect_uri=")) {
                return URI.create(URLDecoder.decode(pair.substring("redirect_uri=".length()), StandardCharsets.UTF_8));
            }
        }
        throw new AssertionError(address);
    }
}
