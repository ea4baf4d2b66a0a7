package io.github.evergrant.storage.sqlite;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.storage.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Names as keys of rows and as words of messages. */
final class Names {

    private static final int SHOWN = 80;

    private Names() {}

    /** SQLite keeps UTF-8, in which half a character has no place: two names would become one. */
    static void bind(PreparedStatement statement, int index, String name) throws SQLException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new InvalidInput(Problem.of("name_unusable", "The name " + shown(name) + " holds half a character.")
                    .withAdvice("Use another name."));
        }
        statement.setString(index, name);
    }

    /** As JSON, so that nothing in it reaches a terminal raw; cut. */
    static String shown(String name) {
        String text = Json.text(name);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
