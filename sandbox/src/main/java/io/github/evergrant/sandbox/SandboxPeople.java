package io.github.evergrant.sandbox;

import io.github.evergrant.sandbox.agave.AgaveSeed;
import io.github.evergrant.sandbox.agave.AgaveTenant;
import io.github.evergrant.sandbox.globus.GlobusGroup;
import io.github.evergrant.sandbox.spatiafi.SpatiaFiSeed;
import io.github.evergrant.sandbox.tastytrade.TastytradeEnvironment;
import io.github.evergrant.sandbox.tastytrade.TastytradeSeed;
import io.github.evergrant.sandbox.tastytrade.TastytradeSeed.Guard;
import io.github.evergrant.sandbox.tastytrade.TastytradeSeed.Trader;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import java.util.List;

/** The people, clients and groups every sandbox knows. None of it is secret. */
public final class SandboxPeople {

    /** Signs in as {@code demo} with {@code demo-password}; the default wherever nobody is named. */
    public static final Person DEMO = new Person(
            "demo",
            "demo-password",
            "11111111-2222-4333-8444-555555555555",
            "demo@example.org",
            "Demo Person",
            "demo@example.org");

    /** Signs in as {@code other} with {@code other-password}. */
    public static final Person OTHER = new Person(
            "other",
            "other-password",
            "66666666-7777-4888-8999-aaaaaaaaaaaa",
            "other@example.org",
            "Other Person",
            "other@example.org");

    /** Everyone who can sign in. */
    public static final List<Person> PEOPLE = List.of(DEMO, OTHER);

    /** The native client of Globus: the tutorial client of its documentation, so that its examples run unchanged. */
    public static final Client GLOBUS_PUBLIC_CLIENT =
            new Client("61338d24-54d5-408f-a10d-66c06b59f6d2", null, "Globus tutorial app");

    /** The confidential client of Globus, which authenticates with Basic. */
    public static final Client GLOBUS_CONFIDENTIAL_CLIENT =
            new Client("aaaaaaaa-0000-4000-8000-000000000001", "sandbox-globus-secret", "Globus service app");

    /** The group of {@link #DEMO}. */
    public static final GlobusGroup GLOBUS_DEMO_GROUP =
            new GlobusGroup("d3974728-6458-11e4-b72d-123139141556", "Demo Group", false, DEMO, "admin");

    /** The group of {@link #OTHER}. */
    public static final GlobusGroup GLOBUS_OTHER_GROUP =
            new GlobusGroup("0a4dea26-44cd-11e8-847f-0e6e723ad808", "Other Group", true, OTHER, "member");

    /** The client of {@link #DEMO} in every tenant of Agave; its id is the consumer key. */
    public static final Client AGAVE_CLIENT =
            new Client("sandbox-agave-key", "sandbox-agave-secret", "DefaultApplication");

    /** The same of {@link #OTHER}. */
    public static final Client AGAVE_OTHER_CLIENT =
            new Client("sandbox-agave-other-key", "sandbox-agave-other-secret", "DefaultApplication");

    /** The tenants of Agave; those with old gateways say in XML why they refuse a token. */
    public static final List<AgaveTenant> AGAVE_TENANTS = List.of(
            new AgaveTenant("3dem", "3dem Tenant", false),
            new AgaveTenant("designsafe", "DesignSafe", true),
            new AgaveTenant("sd2e", "SD2E Tenant", false),
            new AgaveTenant("sgci", "Science Gateways Community Institute", false),
            new AgaveTenant("tacc.prod", "TACC", true));

    /** What Agave begins with; {@link #DEMO} may ask for anybody's token. */
    static final AgaveSeed AGAVE = new AgaveSeed(
            AGAVE_TENANTS,
            List.of(new AgaveSeed.Owner(DEMO, AGAVE_CLIENT), new AgaveSeed.Owner(OTHER, AGAVE_OTHER_CLIENT)),
            DEMO);

    /** The app credentials of {@link #DEMO} at SpatiaFi. */
    public static final Client SPATIAFI_CLIENT = new Client(
            "bbbbbbbb-0000-4000-8000-000000000001", "sandbox-spatiafi-secret-0123456789-abcdefgh", "app credentials");

    /** Others of {@link #DEMO}, with a secret that is shorter than its use would have it, and good all the same. */
    public static final Client SPATIAFI_SHORT_CLIENT = new Client("sandbox-spatiafi-short", "short", "app credentials");

    /** What SpatiaFi begins with. */
    static final SpatiaFiSeed SPATIAFI = new SpatiaFiSeed(
            PEOPLE,
            List.of(
                    new SpatiaFiSeed.Credentials(DEMO, SPATIAFI_CLIENT),
                    new SpatiaFiSeed.Credentials(DEMO, SPATIAFI_SHORT_CLIENT)));

    /** The OAuth application of tastytrade's production environment, which proves itself by its secret alone. */
    public static final Client TASTYTRADE_CLIENT =
            new Client("sandbox-tastytrade", "sandbox-tastytrade-secret", "Personal application");

    /** The same of its certification environment. */
    public static final Client TASTYTRADE_CERTIFICATION_CLIENT =
            new Client("sandbox-tastytrade-certification", "sandbox-tastytrade-secret", "Personal application");

    /** A trader whose device tastytrade does not know: signs in as {@code traveller} with {@code traveller-password}. */
    public static final Person TASTYTRADE_TRAVELLER = new Person(
            "traveller",
            "traveller-password",
            "22222222-3333-4444-8555-666666666666",
            "traveller@example.org",
            "Travelling Person",
            "traveller@example.org");

    /** The same, who is asked a question first: signs in as {@code forgetful} with {@code forgetful-password}. */
    public static final Person TASTYTRADE_FORGETFUL = new Person(
            "forgetful",
            "forgetful-password",
            "33333333-4444-4555-8666-777777777777",
            "forgetful@example.org",
            "Forgetful Person",
            "forgetful@example.org");

    /** The one-time code that tastytrade takes: of {@link #OTHER} at once, of a device that it does not know when it was sent. */
    public static final String TASTYTRADE_CODE = "123456";

    /** The answer to tastytrade's security question. */
    public static final String TASTYTRADE_ANSWER = "blue";

    /** What tastytrade begins with. */
    static final TastytradeSeed TASTYTRADE = new TastytradeSeed(
            List.of(
                    new TastytradeEnvironment("production", TASTYTRADE_CLIENT, "5WX", true),
                    new TastytradeEnvironment("certification", TASTYTRADE_CERTIFICATION_CLIENT, "5WT", false)),
            List.of(
                    new Trader(DEMO, Guard.NONE),
                    new Trader(OTHER, Guard.CODE),
                    new Trader(TASTYTRADE_TRAVELLER, Guard.DEVICE),
                    new Trader(TASTYTRADE_FORGETFUL, Guard.QUESTION)),
            TASTYTRADE_CODE,
            TASTYTRADE_ANSWER);

    private SandboxPeople() {}
}
