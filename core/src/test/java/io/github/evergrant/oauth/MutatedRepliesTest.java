package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replies with random damage: the reader always answers, and never shows a token. */
final class MutatedRepliesTest {

    private static final long SEED = 20260101;
    private static final int ROUNDS = "full".equals(System.getProperty("evergrant.loops")) ? 200_000 : 5_000;
    private static final byte[] SOUND = """
            {"access_token":"canary-access","refresh_token":"canary-refresh","expires_in":172800,"scope":"a b",
             "token_type":"Bearer","resource_server":"rs1","id_token":"x.y.z","state":"s","x":[{"y":null}],
             "other_tokens":[{"access_token":"canary-other","resource_server":"rs2","expires_in":1e3}]}
            """.getBytes(StandardCharsets.UTF_8);

    @Test
    void damage_never_escapes() {
        Random random = new Random(SEED);
        int granted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = damaged(random);
            int status = random.nextInt(4) == 0 ? 100 + random.nextInt(500) : 200;
            TokenReply reply = TokenReplies.read(
                    new HttpReply(status, Map.of(), body, Instant.EPOCH),
                    new ReplyRules("api", null),
                    Secret.of("canary-access"));

            assertThat(reply.toString()).as("seed %s, round %s", SEED, round).doesNotContain("canary-");
            granted += reply instanceof TokenReply.Granted ? 1 : 0;
        }
        assertThat(granted).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    private static byte[] damaged(Random random) {
        byte[] body = SOUND.clone();
        for (int hits = random.nextInt(4); hits > 0; hits--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(4)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] = (byte) "{}[]\",:0\\".charAt(random.nextInt(9));
                case 2 -> body[at] ^= (byte) (1 << random.nextInt(8));
                default -> body = random.nextInt(4) == 0 ? Arrays.copyOf(body, at + 1) : body;
            }
        }
        return body;
    }
}
