package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.token.Person;
import java.util.List;
import java.util.function.Supplier;

/**
 * A collection of files.
 *
 * @param id a UUID
 * @param name what it is called
 * @param owner whose it is
 * @param isPublic whether others than the owner see it and may use it
 * @param isMapped whether people use it as local users of theirs: for that, Transfer needs their consent to {@code data_access}
 * @param files what lies in it at first; asked for when somebody looks
 */
public record SandboxCollection(
        String id, String name, Person owner, boolean isPublic, boolean isMapped, Supplier<List<StoredFile>> files) {

    boolean isOpenTo(Person person) {
        return isPublic || owner.equals(person);
    }

    /** The scope that a person must have allowed Transfer to use for their sake. */
    String dataAccess() {
        return "https://auth.globus.org/scopes/" + id + "/data_access";
    }
}
