package io.github.evergrant.login.loopback;

import com.sun.net.httpserver.HttpExchange;
import io.github.evergrant.error.InvalidInput;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Waits on this machine for one answer that a browser brings, and shows it what became of it.
 *
 * <p>The first answer that is ours wins; the same one again leads to the same page. Whatever else comes changes nothing.
 * The answer's address, which holds a code, is left at once for another one that holds nothing. Safe for many threads; it
 * lives from the constructor to {@link #close()}, and its threads with it.
 */
public final class Listener implements AutoCloseable {

    /** How long a browser waits for the end of a login before it is shown that it waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int RANDOM_BYTES = 16;

    /** Of a form. */
    private static final int MOST_BYTES = 16 << 10;

    private static final Pattern FORM = Pattern.compile("(?i)application/x-www-form-urlencoded *(;.*)?");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Sockets sockets;
    private final URI redirect;
    private final Set<String> authorities;
    private final String callbackPath;
    private final String resultPath = "/result/" + unguessable();
    private final String entrancePath = "/set-up/" + unguessable();
    private final AtomicReference<Predicate<String>> ours = new AtomicReference<>(query -> false);
    private final AtomicReference<@Nullable Entrance> entrance = new AtomicReference<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<Page> end = new CompletableFuture<>();
    private final CountDownLatch shown = new CountDownLatch(1);

    /**
     * Takes the port. Nobody is answered before {@link #start}.
     *
     * @throws InvalidInput {@code port_taken} when it cannot be had
     */
    public Listener(LoopbackAddress address) {
        sockets = Sockets.bind(address, this::serve);
        redirect = address.told(sockets.port(), "/callback/" + unguessable());
        authorities = address.authorities(redirect);
        String path = redirect.getRawPath();
        callbackPath = path.isEmpty() ? "/" : path;
    }

    /** Where the provider is to send the browser. */
    public URI redirect() {
        return redirect;
    }

    /** Where a form is that a person fills in first, if there is one: nobody else can guess it. */
    public URI entrance() {
        return redirect.resolve(entrancePath);
    }

    /** Begins to answer, with a form at {@link #entrance}. */
    public void start(Predicate<String> isOurs, Entrance form) {
        entrance.set(Objects.requireNonNull(form, "form"));
        start(isOurs);
    }

    /**
     * Begins to answer.
     *
     * @param isOurs whether a query string is the answer that is waited for; it may be anything, and is asked on many
     *     threads
     */
    public void start(Predicate<String> isOurs) {
        ours.set(Objects.requireNonNull(isOurs, "isOurs"));
        sockets.start();
    }

    /** The query string of the answer; nothing when none came in time. */
    public Optional<String> await(Duration patience) throws InterruptedException {
        try {
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new AssertionError("an answer never fails", e);
        }
    }

    /** Says how the login ended, to the browser that brought the answer; the first time counts. */
    public void show(Page page) {
        end.complete(page);
    }

    /**
     * Frees the port, once a browser that brought the answer has been shown how the login ended; it has three seconds to ask
     * for that.
     */
    @Override
    public void close() {
        show(new Page.Refused("The program gave this sign-in up.", "login_given_up", ""));
        if (answer.isDone()) {
            awaitShown();
        }
        sockets.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        boolean ended = false;
        try (exchange) {
            String path = String.valueOf(exchange.getRequestURI().getRawPath());
            Entrance form = path.equals(entrancePath) ? entrance.get() : null;
            Optional<Reply> refusal = Gate.refusal(exchange, authorities, form != null);
            if (refusal.isPresent()) {
                refusal.get().send(exchange);
            } else if (form != null) {
                enter(exchange, form).send(exchange);
            } else if (path.equals(callbackPath)) {
                callback(exchange.getRequestURI().getRawQuery()).send(exchange);
            } else if (path.equals(resultPath) && answer.isDone()) {
                Optional<Page> page = awaitEnd();
                ended = page.isPresent();
                page.map(known -> Reply.page(200, known))
                        .orElseGet(() -> Reply.page(200, new Page.Finishing()).with("Refresh", "1"))
                        .send(exchange);
            } else {
                Reply.words(404, "nothing here").send(exchange);
            }
        }
        if (ended) {
            shown.countDown();
        }
    }

    /** After an answer there is nothing to be asked any more. */
    private Reply enter(HttpExchange exchange, Entrance form) throws IOException {
        if (answer.isDone()) {
            return Reply.page(400, new Page.Stale());
        }
        if (exchange.getRequestMethod().equals("GET")) {
            return Reply.page(200, form.form(), authorities);
        }
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!FORM.matcher(type).matches()) {
            return Reply.words(415, "not so");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return Reply.words(413, "not so");
        }
        Entrance.Outcome outcome = form.submitted(new String(body, StandardCharsets.UTF_8));
        if (outcome instanceof Entrance.Outcome.Onward onward) {
            return Reply.seeOther(onward.to().toString());
        }
        return outcome instanceof Entrance.Outcome.Again again
                ? Reply.page(400, again.form(), authorities)
                : Reply.page(403, new Page.Stale());
    }

    private Reply callback(@Nullable String query) {
        boolean mine =
                query != null && ours.get().test(query) && (answer.complete(query) || query.equals(answer.getNow("")));
        return mine ? Reply.seeOther(resultPath) : Reply.page(400, new Page.Stale());
    }

    private Optional<Page> awaitEnd() {
        try {
            return Optional.of(end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new AssertionError("an end never fails", e);
        }
    }

    private void awaitShown() {
        boolean interrupted = Thread.interrupted();
        try {
            shown.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String unguessable() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
