package io.github.evergrant.providers.agave;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables that users of Agave know, line by line (docs/protocols/agave.md section 5): columns of fixed widths, filled with
 * spaces, the last one too; what is longer is not cut.
 *
 * <p>The texts are as the services sent them: they may hold anything, and whoever shows them on a terminal cleans them.
 */
public final class AgaveTables {

    private AgaveTables() {}

    public static List<String> tenants(List<Tenant> tenants) {
        List<String> lines = new ArrayList<>(List.of(tenant("ID", "NAME", "URL")));
        tenants.forEach(each -> lines.add(tenant(each.id(), each.name(), each.url())));
        return lines;
    }

    public static List<String> clients(List<AgaveClient> clients) {
        List<String> lines = new ArrayList<>(List.of(client("NAME", "DESCRIPTION")));
        clients.forEach(each -> lines.add(client(each.name(), each.description())));
        return lines;
    }

    public static List<String> subscriptions(List<Subscription> subscriptions) {
        List<String> lines = new ArrayList<>(List.of(subscription("NAME", "VERSION", "PROVIDER")));
        subscriptions.forEach(each -> lines.add(subscription(each.api(), each.version(), each.provider())));
        return lines;
    }

    private static String tenant(String id, String name, String url) {
        return left(id, 20) + " " + left(name, 40) + " " + left(url, 50);
    }

    private static String client(String name, String description) {
        return left(name, 30) + " " + left(description, 80);
    }

    private static String subscription(String api, String version, String provider) {
        return left(api, 16) + " " + centred(version, 8) + " " + left(provider, 20);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(missing(text, width));
    }

    /** A space that cannot be halved goes to the right. */
    private static String centred(String text, int width) {
        int missing = missing(text, width);
        return " ".repeat(missing / 2) + text + " ".repeat(missing - missing / 2);
    }

    private static int missing(String text, int width) {
        return Math.max(0, width - text.codePointCount(0, text.length()));
    }
}
