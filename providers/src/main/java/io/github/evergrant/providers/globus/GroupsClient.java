package io.github.evergrant.providers.globus;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.RetryAfter;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Globus Groups API, as far as it is needed. Safe for many threads if its function is.
 *
 * @see <a href="https://groups.api.globus.org/redoc">its reference</a>
 */
public final class GroupsClient {

    private final URI base;
    private final Function<HttpCall, HttpReply> api;

    /**
     * @param base the API's address, {@code apis().get("groups")} of the provider's data
     * @param api puts a token on a request and sends it
     */
    public GroupsClient(URI base, Function<HttpCall, HttpReply> api) {
        this.base = Objects.requireNonNull(base, "base");
        this.api = Objects.requireNonNull(api, "api");
    }

    /**
     * The groups the caller is a member of.
     *
     * @throws ProviderRefused {@code api_refused} when the API says no
     * @throws TemporarilyUnavailable when it does not work at the moment
     */
    public List<Group> myGroups() {
        HttpReply reply = api.apply(HttpCall.get(base.resolve("v2/groups/my_groups")));
        int status = reply.status();
        if (status == 408 || status == 429 || status >= 500) {
            throw new TemporarilyUnavailable(
                    Problem.of("api_unavailable", "Globus Groups answered with status " + status),
                    RetryAfter.of(reply).orElse(null));
        }
        if (!reply.ok()) {
            throw new ProviderRefused(Problem.of("api_refused", "Globus Groups answered with status " + status));
        }
        List<Group> groups = new ArrayList<>();
        for (Object one : list(reply)) {
            Map<String, @Nullable Object> group = HostileJson.asObject(one);
            String id = HostileJson.asText(group.get("id"));
            if (id != null) {
                groups.add(new Group(
                        Cleaned.text(id),
                        clean(group.get("name")),
                        clean(group.get("group_type")),
                        Boolean.TRUE.equals(group.get("enforce_session")),
                        roles(group.get("my_memberships"))));
            }
        }
        return List.copyOf(groups);
    }

    private static List<?> list(HttpReply reply) {
        try {
            if (HostileJson.read(reply.text()).value() instanceof List<?> list) {
                return list;
            }
        } catch (HostileJson.Malformed e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private static List<String> roles(@Nullable Object memberships) {
        List<String> roles = new ArrayList<>();
        if (memberships instanceof List<?> list) {
            for (Object membership : list) {
                String role = clean(HostileJson.asObject(membership).get("role"));
                if (!role.isEmpty() && !roles.contains(role)) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    private static String clean(@Nullable Object value) {
        return value instanceof String text ? Cleaned.text(text) : "";
    }

    private static TemporarilyUnavailable unreadable(@Nullable Throwable cause) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the answer of Globus Groups cannot be read")
                        .withCause(cause),
                null);
    }
}
