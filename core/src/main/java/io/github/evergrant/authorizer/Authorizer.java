package io.github.evergrant.authorizer;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Puts one header on a request, and knows whether a 401 can be cured.
 *
 * <p>Safe for many threads, unless an implementation says otherwise.
 */
public interface Authorizer {

    /**
     * The value of the {@code Authorization} header to send now, or null when there is to be none.
     *
     * <p>May block for one exchange when a token has to be renewed first.
     */
    @Nullable
    String header();

    /**
     * Puts {@link #header()} on a request, in the place of a former one.
     *
     * @return what it put on; hand it to {@link #renewAfterRefusal} when the API answers 401
     */
    default @Nullable String authorize(HttpRequest.Builder request) {
        String header = header();
        if (header != null) {
            try {
                request.setHeader("Authorization", header);
            } catch (IllegalArgumentException e) {
                // The JDK's own words quote the token.
                throw new InvalidInput(
                        Problem.of("illegal_header", "the token has characters that cannot be sent in a header"));
            }
        }
        return header;
    }

    /**
     * Called after a 401, with what was sent.
     *
     * <p>Only a token that is still the stored one is renewed: of many callers that were refused with one token, one
     * renewal serves all. A token that was renewed for a refusal and is refused again within a minute is not renewed.
     *
     * @param refused what {@link #authorize} returned for the refused request
     * @return whether the next attempt will send something else; when false, do not try again
     */
    boolean renewAfterRefusal(String refused);
}
