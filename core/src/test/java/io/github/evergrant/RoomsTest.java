package io.github.evergrant;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.evergrant.token.Secret;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What each room may know of the others; ARCHITECTURE.md says it in words. */
final class RoomsTest {

    private static final String BASE = "io.github.evergrant.";

    /** Every room, and the rooms it knows. */
    private static final Map<String, Set<String>> KNOWS = new TreeMap<>(Map.ofEntries(
            room("error"),
            room("token"),
            room("lease", "error"),
            room("storage", "error", "lease", "token"),
            room("renewal", "error", "lease", "storage", "token"),
            room("http", "error"),
            room("oauth", "error", "http", "token"),
            room("provider", "error", "http", "oauth", "token"),
            room("login", "error", "http", "oauth", "provider", "token"),
            room("authorizer", "error", "http", "token"),
            room(
                    "session",
                    "authorizer",
                    "error",
                    "http",
                    "lease",
                    "login",
                    "oauth",
                    "provider",
                    "renewal",
                    "storage",
                    "token")));

    /** The classes that are shipped, wherever the build put them. */
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Secret.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void there_is_no_room_beside_these() {
        Set<String> rooms = CORE.stream()
                .map(RoomsTest::roomOf)
                .filter(room -> !room.isEmpty())
                .collect(Collectors.toSet());
        assertThat(rooms).isEqualTo(KNOWS.keySet());
    }

    @Test
    void a_room_knows_only_its_own_neighbours() {
        KNOWS.forEach((room, known) -> rule(room, known).check(CORE));
    }

    @Test
    void the_rule_would_notice() {
        assertThatThrownBy(() -> rule("session", Set.of("token")).check(CORE)).isInstanceOf(AssertionError.class);
    }

    @Test
    void only_oauth_and_login_know_nimbus_and_nobody_knows_databind() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + "oauth..", BASE + "login..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds..")
                .check(CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson.databind..")
                .check(CORE);
    }

    @Test
    void nothing_is_synchronized_or_printed() {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CORE);
        noClasses().should().accessField(System.class, "out").check(CORE);
        noClasses().should().accessField(System.class, "err").check(CORE);
    }

    private static ArchRule rule(String room, Set<String> known) {
        return noClasses()
                .that(describe(
                        "are in " + room, (JavaClass type) -> roomOf(type).equals(room)))
                .should()
                .dependOnClassesThat(describe(
                        "are in a room that " + room + " does not know",
                        (JavaClass type) -> !roomOf(type).isEmpty()
                                && !roomOf(type).equals(room)
                                && !known.contains(roomOf(type))));
    }

    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(BASE) ? name.substring(BASE.length()).split("\\.")[0] : "";
    }

    private static Map.Entry<String, Set<String>> room(String name, String... knows) {
        return Map.entry(name, Arrays.stream(knows).collect(Collectors.toSet()));
    }
}
