package io.github.evergrant.renewal;

import java.util.Map;

/**
 * A token reply made durable before it is saved.
 *
 * @param resourceServer whose record was renewed
 * @param parent the fingerprint it came from; it counts only while that is the head
 * @param login which login it descends from
 * @param next the records it becomes, by resource server
 */
record Answer(String resourceServer, String parent, String login, Map<String, Head> next) {

    Answer {
        next = Map.copyOf(next);
    }
}
