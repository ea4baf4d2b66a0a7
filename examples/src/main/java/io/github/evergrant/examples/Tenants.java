package io.github.evergrant.examples;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.AgaveTables;
import io.github.evergrant.providers.agave.AgaveTenants;
import io.github.evergrant.providers.agave.Tenant;
import java.time.InstantSource;
import java.util.List;

/** The tenants of Agave, of which somebody chooses one; its address is printed. */
public final class Tenants {

    private Tenants() {}

    public static void main(String... arguments) {
        AgaveProvider agave = new AgaveProvider();
        HttpSettings settings = HttpSettings.fromEnvironment(System.getenv());
        try (JdkHttpSender http = new JdkHttpSender(settings, InstantSource.system())) {
            List<Tenant> all = new AgaveTenants(http, agave.tenants(null)).list();
            Talk.show(AgaveTables.tenants(all));
            String id = Talk.ask("\nPlease specify the ID for the tenant you wish to interact with: ");
            System.out.println(AgaveTenants.named(all, id).base());
        } catch (EvergrantException e) {
            Talk.giveUp(e);
        }
    }
}
