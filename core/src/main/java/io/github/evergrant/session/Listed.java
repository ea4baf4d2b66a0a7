package io.github.evergrant.session;

import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.TokenData;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A session as it was found among all.
 *
 * @param standing what it was then
 */
public record Listed(Session session, Standing standing) {

    /** @param stored what was read of it with the others; of an adopted one that is not all */
    static Listed of(Evergrant door, String name, boolean adopted, Supplier<Map<String, TokenData>> stored) {
        if (adopted) {
            Session session = door.session(name);
            return new Listed(session, session.standing());
        }
        TokenStorage storage = door.unvalidated();
        SessionRecords records = new SessionRecords(storage, name);
        Standing standing = records.standing(
                        stored.get(), door.settings().clock().instant())
                .orElseThrow(() -> Missing.of(storage, name));
        return new Listed(new Session(name, standing, records, door), standing);
    }
}
