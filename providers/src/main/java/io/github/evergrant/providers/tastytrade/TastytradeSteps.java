package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.SetUp.Link;
import io.github.evergrant.provider.SetUp.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** How somebody comes by an OAuth application of their own (docs/protocols/tastytrade.md section 6.1). */
final class TastytradeSteps {

    private TastytradeSteps() {}

    static List<Step> of(ProviderData data) {
        boolean test = data.environment().equals(TastytradeProvider.CERTIFICATION);
        List<Step> steps = new ArrayList<>();
        if (data.base() != null) {
            String id = TastytradeProvider.SANDBOX_CLIENT.id() + (test ? "-" + data.environment() : "");
            steps.add(
                    new Step(
                            "This is a sandbox on your machine. It has an application already, with the client ID " + id
                                    + " and the client secret sandbox-tastytrade-secret; with tastytrade itself you would do this:"));
        }
        Link portal = new Link("the sandbox portal", URI.create(TastytradeProvider.CERTIFICATION_ACCOUNTS));
        if (test) {
            steps.add(new Step(
                    "This is for a certification (test) account. Create one, and an OAuth application of it, in ",
                    portal,
                    "."));
        } else {
            steps.add(new Step(
                    "Create an OAuth application on ",
                    new Link("tastytrade\u2019s page for them", URI.create(TastytradeProvider.APPLICATIONS)),
                    "."));
        }
        steps.add(
                new Step("Check all its scopes (read, trade, openid), and register the redirect URI below, exactly."));
        steps.add(new Step("Paste its client ID and client secret here. The secret is shown there only once."));
        if (!test) {
            steps.add(new Step(
                    "For a certification (test) account, create one in ",
                    portal,
                    ", and start again with the environment certification."));
        }
        return steps;
    }
}
