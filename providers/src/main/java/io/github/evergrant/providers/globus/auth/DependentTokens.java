package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.token.TokenData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What came of asking for tokens with which a service calls others in its user's name. */
public sealed interface DependentTokens {

    /**
     * Tokens by resource server; none when the user's token leads nowhere further.
     *
     * @param byResourceServer in the order of the reply
     */
    record Granted(Map<String, TokenData> byResourceServer) implements DependentTokens {
        public Granted {
            byResourceServer = Collections.unmodifiableMap(new LinkedHashMap<>(byResourceServer));
        }
    }

    /**
     * The user has not allowed it yet; the service passes that on to its caller.
     *
     * @param required what a login would have to ask for
     */
    record ConsentRequired(AuthorizationRequired required) implements DependentTokens {}
}
