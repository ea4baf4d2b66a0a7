package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.token.Person;
import java.util.List;

/**
 * A collection of files.
 *
 * @param id a UUID
 * @param name what it is called
 * @param owner whose it is
 * @param isPublic whether others than the owner see it and may use it
 * @param files what lies in it at first
 */
public record SandboxCollection(String id, String name, Person owner, boolean isPublic, List<StoredFile> files) {

    public SandboxCollection {
        files = List.copyOf(files);
    }

    boolean isOpenTo(Person person) {
        return isPublic || owner.equals(person);
    }
}
