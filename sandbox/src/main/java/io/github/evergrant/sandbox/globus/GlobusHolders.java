package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who calls an API of Globus, and what an API says to those it does not serve. */
final class GlobusHolders {

    private final TokenBook tokens;
    private final Randomness random;

    GlobusHolders(TokenBook tokens, Randomness random) {
        this.tokens = tokens;
        this.random = random;
    }

    /** The token of a request, which must be for that server and have that scope, if one is named. */
    AccessToken of(Request request, String server, @Nullable String scope) {
        String value = request.bearer();
        if (value == null) {
            throw error(401, "UNAUTHORIZED", "Unauthorized", "Call must be authenticated");
        }
        AccessToken token = tokens.access(value)
                .filter(found -> found.grant().audience().equals(server))
                .orElseThrow(() -> error(401, "UNAUTHORIZED", "Unauthorized", "The token is unknown here or expired"));
        if (scope != null && !token.grant().scopes().contains(scope)) {
            throw error(403, "FORBIDDEN", "Forbidden", "The token lacks the scope " + scope);
        }
        return token;
    }

    Refusal error(int status, String code, String title, String detail) {
        ObjectNode json = Json.object();
        json.putArray("errors")
                .addObject()
                .put("status", Integer.toString(status))
                .put("id", random.uuid())
                .put("code", code)
                .put("title", title)
                .put("detail", detail);
        json.put("error", title.toLowerCase(Locale.ROOT)).put("error_description", title);
        Reply reply = Reply.json(status, json);
        return new Refusal(status == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply);
    }
}
