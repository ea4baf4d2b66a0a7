package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Secrets;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.browser.BrowserChoice;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In which way to log in. */
final class Method {

    static final String REPLY_STDIN = "--token-response-stdin";
    static final String REFRESH_STDIN = "--refresh-token-stdin";

    /** The ways there are. */
    enum Kind {
        BROWSER,
        PASTE,
        CLIENT_CREDENTIALS,
        PASSWORD,
        REFRESH_TOKEN,
        TOKEN_RESPONSE;

        /**
         * Whether the tokens are new, and nobody's but ours: those that somebody brought are not ours to revoke, nor what a
         * password is answered with, which is what the client's other sessions have already.
         */
        boolean isOurs() {
            return isOfPerson() || this == CLIENT_CREDENTIALS;
        }

        /** Whether a person signs in. */
        boolean isOfPerson() {
            return this == BROWSER || this == PASTE;
        }
    }

    @Mixin
    private BrowserOptions browser = new BrowserOptions();

    @Option(
            names = "--paste",
            description =
                    "Open the address with any browser, and paste the code: what is done where none can be opened.")
    private boolean paste;

    @Option(names = "--client-credentials", description = "Log in as the client itself, without a person.")
    private boolean clientCredentials;

    @Option(names = REFRESH_STDIN, description = "Read a refresh token from standard input and renew at once.")
    private boolean refreshToken;

    @Option(
            names = REPLY_STDIN,
            description = "Read a whole token reply (JSON) from standard input and keep it as it is.")
    private boolean tokenResponse;

    private @Nullable Secret fromVariable;

    /**
     * Decides, and claims standard input if it is read.
     *
     * @param byPassword whether the provider knows people by their passwords, and by nothing else
     */
    Kind decide(Invocation it, boolean byPassword) {
        Kind kind = decide(it);
        boolean foreign =
                Set.of(Kind.BROWSER, Kind.PASTE, Kind.CLIENT_CREDENTIALS).contains(kind);
        boolean asked = paste || clientCredentials || browser.isNamed() || browser.isWished();
        if (byPassword && foreign && asked) {
            throw CliProblem.usage("this provider knows people by username and password; it has no other login");
        }
        return byPassword && foreign ? Kind.PASSWORD : kind;
    }

    /** Whether an option says that tokens are brought; a variable that happens to be set does not count. */
    boolean bringsTokens() {
        return refreshToken || tokenResponse;
    }

    /** Whether a person's login was asked for by name. */
    boolean isOfPersonAsked() {
        return paste || browser.isNamed() || browser.isWished();
    }

    /**
     * Without a page to sign in on, a client logs in as itself, where clients can; not when a person was asked for: then the
     * login says why not.
     */
    Kind possible(Kind decided, ProviderData data) {
        boolean asked = isOfPersonAsked();
        boolean nowhere = data.endpoints().authorization() == null;
        boolean byClient = !data.refresh().ownWay();
        return decided.isOfPerson() && nowhere && !asked && byClient ? Kind.CLIENT_CREDENTIALS : decided;
    }

    private Kind decide(Invocation it) {
        browser.requireSound();
        List<Kind> named = Stream.of(
                        paste ? Kind.PASTE : null,
                        browser.isNamed() || (browser.isWished() && !paste) ? Kind.BROWSER : null,
                        clientCredentials ? Kind.CLIENT_CREDENTIALS : null,
                        refreshToken ? Kind.REFRESH_TOKEN : null,
                        tokenResponse ? Kind.TOKEN_RESPONSE : null)
                .flatMap(Stream::ofNullable)
                .toList();
        if (refreshToken) {
            it.input().claim(REFRESH_STDIN);
        }
        if (tokenResponse) {
            it.input().claim(REPLY_STDIN);
        }
        if (named.size() > 1) {
            throw CliProblem.usage("name one way to log in: --browser, --paste, --client-credentials, " + REFRESH_STDIN
                    + " or " + REPLY_STDIN);
        }
        if (!named.isEmpty()) {
            return named.get(0);
        }
        // Whoever wants to see a new one is not served by one that is there.
        fromVariable = browser.showsRefreshToken()
                ? null
                : new Secrets(it).variable("EVERGRANT_REFRESH_TOKEN").orElse(null);
        return fromVariable == null ? byPerson(it) : Kind.REFRESH_TOKEN;
    }

    /** The browser where a person sits in front of one; else they carry the code, from whatever machine has one. */
    Kind byPerson(Invocation it) {
        boolean browsing =
                it.mayAsk() && !browser.leadsElsewhere() && !(browser.choice(it) instanceof BrowserChoice.Nowhere);
        return browsing ? Kind.BROWSER : Kind.PASTE;
    }

    /** Why a code is to be pasted by somebody who did not ask for that. */
    Optional<String> whyPasted(Invocation it) {
        boolean asked = paste || browser.leadsElsewhere();
        return !asked && browser.choice(it) instanceof BrowserChoice.Nowhere nowhere
                ? Optional.of(nowhere.why())
                : Optional.empty();
    }

    /**
     * Refuses what means nothing with a provider.
     *
     * @param ofOnesOwn whether people have clients of their own there
     */
    void requireFor(Invocation it, ProviderData data, boolean ofOnesOwn) {
        if (!ofOnesOwn && browser.showsRefreshToken()) {
            throw CliProblem.usage("--show-refresh-token is not for " + data.title());
        }
        if (browser.showsRefreshToken() && it.json()) {
            throw CliProblem.usage("--show-refresh-token prints a line that is no JSON; give one of the two");
        }
    }

    /** The request as the person wants the code to be bound. */
    LoginRequest bound(LoginRequest request) {
        return browser.wantsPkce() ? request.withPkce(true) : request;
    }

    BrowserOptions browser() {
        return browser;
    }

    Secret refreshToken(Invocation it) {
        Secret known = fromVariable;
        return known == null ? new Secrets(it).standardInput(REFRESH_STDIN) : known;
    }
}
