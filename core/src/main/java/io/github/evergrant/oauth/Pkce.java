package io.github.evergrant.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Secret;
import java.util.regex.Pattern;

/**
 * Binds a code to whoever asked for it (RFC 7636, method S256).
 *
 * @param verifier 43 to 128 unreserved characters
 */
public record Pkce(Secret verifier) {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    /** @throws InvalidInput {@code pkce_verifier_malformed} */
    public Pkce {
        if (!LEGAL.matcher(verifier.reveal()).matches()) {
            throw new InvalidInput(Problem.of(
                    "pkce_verifier_malformed",
                    "a PKCE verifier has 43 to 128 characters out of letters, digits, and . _ ~ -"));
        }
    }

    /** A fresh one of 256 random bits. */
    public static Pkce generate() {
        return new Pkce(Secret.of(new CodeVerifier().getValue()));
    }

    /** What the authorization request shows. */
    public String challenge() {
        return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier.reveal()))
                .getValue();
    }
}
