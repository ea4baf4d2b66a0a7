package io.github.evergrant.providers.globus;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.providers.globus.service.ServiceClient;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The variables by which {@code globus_sdk} is told how to make requests, besides those for addresses. Immutable.
 *
 * <p>An explicit setting of the caller's own comes before them.
 */
public final class GlobusVariables {

    private static final String TIMEOUT = "GLOBUS_SDK_HTTP_TIMEOUT";
    private static final String VERIFY = "GLOBUS_SDK_VERIFY_SSL";
    private static final Set<String> YES = Set.of("y", "yes", "t", "true", "on", "1");
    private static final Set<String> NO = Set.of("n", "no", "f", "false", "off", "0");

    /** Apart: a command that sends nothing starts faster without this arithmetic. */
    private static final class Seconds {
        private static final BigDecimal NONE = BigDecimal.ONE.negate();
        private static final BigDecimal MOST =
                new BigDecimal(Duration.ofDays(365).toSeconds());
    }

    private final Map<String, String> variables;

    /** @param variables the environment of the process, or what stands for it */
    public GlobusVariables(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * How long one attempt of a request may take, by {@code GLOBUS_SDK_HTTP_TIMEOUT}: seconds, possibly with a fraction,
     * {@code -1} for no limit, a minute without it. For {@link ServiceClient#withDeadline}.
     *
     * @return nothing for no limit
     * @throws InvalidInput {@code bad_variable} when it is no number, or one of which no request can come to an end
     */
    public Optional<Duration> httpTimeout() {
        String text = variables.getOrDefault(TIMEOUT, "").strip();
        if (text.isEmpty()) {
            return Optional.of(ServiceClient.USUAL_DEADLINE);
        }
        if (text.toLowerCase(Locale.ROOT).matches("\\+?inf(inity)?")) {
            return Optional.empty();
        }
        BigDecimal seconds;
        try {
            seconds = new BigDecimal(text, MathContext.DECIMAL64);
        } catch (NumberFormatException e) {
            throw bad(TIMEOUT, "no number of seconds");
        }
        if (seconds.compareTo(Seconds.NONE) == 0 || seconds.compareTo(Seconds.MOST) > 0) {
            return Optional.empty();
        }
        if (seconds.signum() <= 0) {
            throw bad(TIMEOUT, "no time in which a request could be answered");
        }
        return Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValue()));
    }

    /**
     * Settings that believe the certificates that {@code GLOBUS_SDK_VERIFY_SSL} says: without it, or with {@code 1} and
     * its like, the usual ones, else those in the file that it names.
     *
     * @throws InvalidInput {@code bad_variable} when it is none of these, {@code insecure_variable} when it says that any
     *     certificate is to be believed: a variable that somebody forgot must not do that
     */
    public HttpSettings trust(HttpSettings settings) {
        Objects.requireNonNull(settings, "settings");
        String text = variables.get(VERIFY);
        String word = text == null ? "1" : text.toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return settings;
        }
        if (NO.contains(word)) {
            throw new InvalidInput(Problem.of(
                            "insecure_variable",
                            VERIFY + " says that any certificate is to be believed, which no variable decides")
                    .withAdvice("unset it, or skip the verification explicitly where connections are set up"));
        }
        try {
            Path file = Path.of(Objects.requireNonNull(text));
            if (!text.isEmpty() && Files.isRegularFile(file)) {
                return settings.withCaFile(file);
            }
        } catch (InvalidPathException e) {
            throw bad(VERIFY, "neither yes nor no nor a file of certificates");
        }
        throw bad(VERIFY, "neither yes nor no nor a file of certificates");
    }

    /** Whether what {@link #trust} says is meant for an address: a service of Globus is there. */
    public boolean areAbout(URI address) {
        return new GlobusUrls(variables).isOurs(address);
    }

    /** Whether they say anything about certificates. */
    public boolean sayWhomToTrust() {
        return variables.containsKey(VERIFY);
    }

    private static InvalidInput bad(String variable, String what) {
        return new InvalidInput(Problem.of("bad_variable", variable + " is " + what));
    }
}
