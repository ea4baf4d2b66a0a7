package io.github.evergrant.providers.globus;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.service.Document;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.Query;
import io.github.evergrant.providers.globus.service.ServiceClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The Globus Groups API, as far as it is needed; {@link #service} has the rest. Safe for many threads.
 *
 * @see <a href="https://groups.api.globus.org/redoc">its reference</a>
 */
public final class GroupsClient {

    private final ServiceClient service;

    /** @param service a client of Groups */
    public GroupsClient(ServiceClient service) {
        this.service = Objects.requireNonNull(service, "service");
    }

    /** Groups where a provider's data says it is. */
    public static GroupsClient of(ProviderData provider, HttpSender http, Authorizer authorizer) {
        return new GroupsClient(ServiceClient.of(provider, GlobusService.GROUPS, http, authorizer));
    }

    /** For whatever has no method here; its paths begin with {@code v2/}. */
    public ServiceClient service() {
        return service;
    }

    /**
     * The groups the caller is a member of.
     *
     * @throws ProviderRefused {@code api_refused} when the API says no
     * @throws TemporarilyUnavailable when it does not work at the moment
     */
    public List<Group> myGroups() {
        Document answer = service.get("v2/groups/my_groups", Query.NONE);
        if (!(answer.value() instanceof List<?>)) {
            throw new TemporarilyUnavailable(
                    Problem.of("reply_unreadable", "the answer of Globus Groups is no list"), null);
        }
        return answer.items().stream()
                .map(GroupsClient::group)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Group> group(Document document) {
        return document.text("id")
                .filter(id -> !id.isEmpty())
                .map(id -> new Group(
                        Cleaned.text(id),
                        clean(document, "name"),
                        clean(document, "group_type"),
                        document.flag("enforce_session"),
                        roles(document)));
    }

    private static List<String> roles(Document group) {
        return group.at("my_memberships").items().stream()
                .map(membership -> clean(membership, "role"))
                .filter(role -> !role.isEmpty())
                .distinct()
                .toList();
    }

    private static String clean(Document document, String field) {
        return document.text(field).map(Cleaned::text).orElse("");
    }
}
