package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client somebody registered in a tenant, and the APIs it is subscribed to. Safe for all threads. */
final class AgaveClient {

    static final List<String> TIERS = List.of("Bronze", "Gold", "Silver", "Unlimited");

    private static final List<String> CORE = List.of(
            "Apps",
            "Files",
            "Jobs",
            "Meta",
            "Monitors",
            "Notifications",
            "Postits",
            "Profiles",
            "Systems",
            "Transforms");

    final Client client;
    final Person owner;
    final @Nullable String description;
    final String tier;
    final String callbackUrl;
    private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    AgaveClient(Client client, Person owner, @Nullable String description, String tier, String callbackUrl) {
        this.client = client;
        this.owner = owner;
        this.description = description;
        this.tier = tier;
        this.callbackUrl = callbackUrl;
        subscribeToCore();
    }

    /** To which version of whose API. */
    record Subscription(String api, String version, String provider) {}

    void subscribeToCore() {
        CORE.forEach(api -> subscribe(new Subscription(api, "v2", "admin")));
    }

    /** Subscribing twice changes nothing. */
    void subscribe(Subscription wanted) {
        subscriptions.addIfAbsent(wanted);
    }

    /** Ends the subscriptions to an API; to all for {@code *}. */
    void unsubscribe(String api) {
        subscriptions.removeIf(each -> api.equals("*") || each.api().equals(api));
    }

    /** In the order of their beginning. */
    List<Subscription> subscriptions() {
        return List.copyOf(subscriptions);
    }
}
