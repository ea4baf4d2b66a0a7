package io.github.evergrant.providers.globus;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.oauth.Cleaned;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the variables of {@code globus_sdk} say about connections, for programs that take the place of a Python one.
 *
 * <p>Nobody but such a program reads them: {@code GLOBUS_SDK_ENVIRONMENT} and {@code GLOBUS_SDK_SERVICE_URL_…}, which say
 * where the services are, are {@link GlobusProvider}'s.
 *
 * @param verifiesTls whether {@code GLOBUS_SDK_VERIFY_SSL} leaves servers' certificates checked
 * @param caFile PEM certificates it names, to trust instead of the platform's, or null
 * @param deadline for each request with its whole reply, from {@code GLOBUS_SDK_HTTP_TIMEOUT}
 */
public record GlobusVariables(boolean verifiesTls, @Nullable Path caFile, Duration deadline) {

    private static final String VERIFY = "GLOBUS_SDK_VERIFY_SSL";
    private static final String TIMEOUT = "GLOBUS_SDK_HTTP_TIMEOUT";
    private static final Duration USUAL = Duration.ofSeconds(60);

    /** Here every request has a deadline: this one is for those who want none. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Set<String> YES = Set.of("y", "yes", "t", "true", "on", "1");
    private static final Set<String> NO = Set.of("n", "no", "f", "false", "off", "0");

    /**
     * Reads them.
     *
     * @throws InvalidInput {@code bad_setting} when one cannot be understood
     */
    public static GlobusVariables read(Map<String, String> environment) {
        String verify = environment.getOrDefault(VERIFY, "1");
        String word = verify.toLowerCase(Locale.ROOT);
        boolean said = YES.contains(word) || NO.contains(word);
        return new GlobusVariables(
                !NO.contains(word), said ? null : caFile(verify), deadline(environment.getOrDefault(TIMEOUT, "")));
    }

    /**
     * Connections as they say.
     *
     * @throws InvalidInput {@code tls_not_verified} when they turn the check of certificates off: whoever is on the way
     *     could read the tokens, so a program that means it says so with {@link HttpSettings#withInsecureSkipTlsVerify}
     */
    public HttpSettings http(HttpSettings base) {
        if (!verifiesTls) {
            throw new InvalidInput(Problem.of("tls_not_verified", VERIFY + " turns the check of certificates off")
                    .withAdvice("name a file of certificates to trust instead"));
        }
        return caFile == null ? base : base.withCaFile(caFile);
    }

    private static Path caFile(String text) {
        try {
            if (!text.isEmpty() && Files.exists(Path.of(text))) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // Said below, as for any other text that is no file.
        }
        throw new InvalidInput(Problem.of(
                        "bad_setting",
                        VERIFY + " is neither yes nor no nor a file that exists: \"" + Cleaned.text(text) + "\"")
                .withAdvice("say 1, or name a file of PEM certificates"));
    }

    private static Duration deadline(String text) {
        String seconds = text.strip();
        if (seconds.isEmpty()) {
            return USUAL;
        }
        if (seconds.length() <= 20) {
            try {
                BigDecimal number = new BigDecimal(seconds);
                if (number.compareTo(BigDecimal.ONE.negate()) == 0
                        || number.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) >= 0) {
                    return LONGEST;
                }
                if (number.compareTo(new BigDecimal("0.001")) >= 0) {
                    return Duration.ofMillis(number.movePointRight(3).longValue());
                }
            } catch (NumberFormatException e) {
                // Said below, as for any other number that is no deadline.
            }
        }
        throw new InvalidInput(Problem.of(
                        "bad_setting",
                        TIMEOUT + " is no number of seconds that a request may take: \"" + Cleaned.text(text) + "\"")
                .withAdvice("say how many seconds, or -1 for a day"));
    }
}
