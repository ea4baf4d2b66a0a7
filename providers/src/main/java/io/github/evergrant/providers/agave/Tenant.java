package io.github.evergrant.providers.agave;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

/**
 * One instance of Agave, as the tenants service tells it.
 *
 * @param id its code, such as {@code sd2e}; compared exactly
 * @param name what it is called; possibly empty
 * @param url where it is, as the service wrote it, mostly with a slash at the end
 */
public record Tenant(String id, String name, String url) {

    public Tenant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
    }

    /**
     * Where its services are, without a slash at the end.
     *
     * @throws InvalidInput {@code bad_address} or {@code plain_http} when no request may go there
     */
    public URI base() {
        return base(url);
    }

    /** Whether an address is this tenant's: the same scheme, host and port, and the same path but for slashes at the end. */
    public boolean isAt(String address) {
        try {
            URI ours = base();
            URI theirs = base(address);
            return Addresses.sameOrigin(ours, theirs) && ours.getRawPath().equals(theirs.getRawPath());
        } catch (InvalidInput e) {
            return false;
        }
    }

    static URI base(String address) {
        URI uri;
        try {
            uri = new URI(address.strip().replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw new InvalidInput(Problem.of("bad_address", "the tenant's address is none"));
        }
        Addresses.requireAllowed(uri);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new InvalidInput(Problem.of("bad_address", "the tenant's address has a query or a fragment"));
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return URI.create(scheme + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT) + uri.getRawPath());
    }
}
