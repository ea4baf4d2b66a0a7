package io.github.evergrant.sandbox.token;

/**
 * Someone who can sign in, or a client acting for itself.
 *
 * @param login what is typed on the sign-in page; empty for a client acting for itself
 * @param password the password that goes with it
 * @param id the provider's stable id, a UUID
 * @param username the name a provider shows, such as {@code demo@example.org}
 * @param name the full name
 * @param email the address; empty for a client acting for itself
 */
public record Person(String login, String password, String id, String username, String name, String email) {

    /** Whether these are this person's name (short or full) and password. */
    public boolean signsInWith(String typedName, String typedPassword) {
        return !login.isEmpty()
                && (login.equals(typedName) || username.equals(typedName))
                && password.equals(typedPassword);
    }
}
