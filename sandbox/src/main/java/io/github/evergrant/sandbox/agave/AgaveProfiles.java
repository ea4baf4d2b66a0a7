package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.TokenBook;
import tools.jackson.databind.node.ObjectNode;

/** The profiles service of one tenant, behind the gateway that looks at the token. */
final class AgaveProfiles {

    private static final String FAILURE = "Access failure for API: /profiles/v2, version: v2";

    private final AgaveTenant tenant;
    private final AgaveRegistry registry;
    private final TokenBook tokens;

    AgaveProfiles(AgaveTenant tenant, AgaveRegistry registry, TokenBook tokens) {
        this.tenant = tenant;
        this.registry = registry;
        this.tokens = tokens;
    }

    /** Who the token is for. */
    Reply me(Request request) {
        Person person = holder(request).grant().person();
        int space = person.name().indexOf(' ');
        ObjectNode json = Json.object()
                .put("first_name", person.name().substring(0, space))
                .put("last_name", person.name().substring(space + 1))
                .put("full_name", person.name())
                .put("email", person.email())
                .put("phone", "")
                .put("mobile_phone", "")
                .put("status", "")
                .put("create_time", "20140515180317Z")
                .put("uid", 800_000 + Math.floorMod(person.login().hashCode(), 100_000))
                .put("username", person.login());
        return AgaveReplies.success(200, "User details retrieved successfully.", json);
    }

    private AccessToken holder(Request request) {
        String value = request.bearer();
        if (value == null) {
            throw AgaveReplies.fault(tenant, 900902, "Missing Credentials", "Required OAuth credentials not provided.");
        }
        return tokens.access(value)
                .filter(token -> registry.has(token.grant().client()))
                .orElseThrow(() -> refused(value));
    }

    /** A new gateway tells nothing of what is wrong with a token. */
    private Refusal refused(String value) {
        if (!tenant.xmlFaults()) {
            return AgaveReplies.fault(
                    tenant,
                    900901,
                    "Invalid Credentials",
                    FAILURE + " status: (900901) - Invalid Credentials. Make sure you have given the correct access"
                            + " token");
        }
        boolean ended = tokens.hasEnded(value);
        return AgaveReplies.fault(
                tenant,
                ended ? 900903 : 900904,
                ended ? "Access Token Expired" : "Access Token Inactive",
                FAILURE + " with key: " + value.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
