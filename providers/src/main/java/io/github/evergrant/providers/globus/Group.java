package io.github.evergrant.providers.globus;

import java.util.List;
import java.util.Objects;

/**
 * A group of Globus Groups, as one of its members sees it.
 *
 * @param id a UUID
 * @param name what people call it, without control characters; possibly empty
 * @param type {@code regular} or {@code plus}; possibly empty
 * @param enforceSession whether its members must have signed in lately with the identity that is the member
 * @param roles of the caller's memberships: {@code member}, {@code manager}, {@code admin}
 */
public record Group(String id, String name, String type, boolean enforceSession, List<String> roles) {

    public Group {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        roles = List.copyOf(roles);
    }
}
