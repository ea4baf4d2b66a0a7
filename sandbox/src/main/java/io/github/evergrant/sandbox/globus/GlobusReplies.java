package io.github.evergrant.sandbox.globus;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.token.Change;
import io.github.evergrant.sandbox.token.IdTokens;
import io.github.evergrant.sandbox.token.Issued;
import io.github.evergrant.sandbox.token.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The token replies of Globus Auth: one token at the top, those for other resource servers beside it. */
final class GlobusReplies {

    private static final Duration ID_TOKEN_LIFETIME = Duration.ofHours(1);

    private final String issuer;
    private final IdTokens idTokens;
    private final InstantSource clock;

    GlobusReplies(String issuer, IdTokens idTokens, InstantSource clock) {
        this.issuer = issuer;
        this.idTokens = idTokens;
        this.clock = clock;
    }

    /** The reply to a refresh. */
    Reply tokens(List<Issued> issued, Set<Change> changes) {
        return Reply.json(200, body(issued, changes));
    }

    /** The reply to a login, of a person or of a client, with an id token when {@code openid} was allowed. */
    Reply login(List<Issued> issued, Set<Change> changes, @Nullable String state, @Nullable String nonce) {
        ObjectNode body = body(issued, changes);
        if (state != null) {
            body.put("state", state);
        }
        Issued first = issued.get(0);
        if (first.access().grant().scopes().contains("openid")) {
            body.put("id_token", idToken(first, nonce));
        }
        return Reply.json(200, body);
    }

    /** The reply to a dependent token grant: an array without a first among equals. */
    Reply dependent(List<Issued> issued, Set<Change> changes) {
        ArrayNode array = Json.array();
        issued.forEach(each -> array.add(token(each, changes)));
        return Reply.json(200, array);
    }

    private static ObjectNode body(List<Issued> issued, Set<Change> changes) {
        ObjectNode body = token(issued.get(0), changes);
        ArrayNode others = body.putArray("other_tokens");
        issued.stream().skip(1).forEach(other -> others.add(token(other, changes)));
        return body;
    }

    private static ObjectNode token(Issued issued, Set<Change> changes) {
        ObjectNode token = Json.object()
                .put("access_token", issued.access().value())
                .put("scope", issued.access().grant().scope());
        if (!changes.contains(Change.NO_EXPIRES_IN)) {
            token.put("expires_in", issued.expiresIn());
        }
        token.put("token_type", "Bearer");
        token.put("resource_server", issued.access().grant().audience());
        if (issued.refreshToken() != null) {
            token.put("refresh_token", issued.refreshToken());
        }
        return token;
    }

    private String idToken(Issued issued, @Nullable String nonce) {
        Instant now = clock.instant();
        Person person = issued.access().grant().person();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(person.id())
                .audience(issued.access().grant().client().id())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ID_TOKEN_LIFETIME)))
                .claim("preferred_username", person.username())
                .claim("name", person.name())
                .claim("email", person.email())
                .claim("at_hash", IdTokens.accessTokenHash(issued.access().value()));
        if (nonce != null) {
            claims.claim("nonce", nonce);
        }
        return idTokens.sign(claims.build());
    }
}
