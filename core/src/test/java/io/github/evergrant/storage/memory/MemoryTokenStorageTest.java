package io.github.evergrant.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MemoryTokenStorageTest extends TokenStorageContract {

    @Override
    protected TokenStorage create() {
        return MemoryTokenStorage.create();
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return same;
    }

    @Override
    protected boolean isSharedByProcesses() {
        return false;
    }

    @Test
    void a_name_is_shared_and_no_name_is_not() {
        TokenStorage one = MemoryTokenStorage.named("shared by this test");
        one.replace("s", Map.of(), Map.of("api", full("api", "at")));
        assertThat(MemoryTokenStorage.named("shared by this test").namespaces()).containsExactly("s");
        assertThat(MemoryTokenStorage.create().namespaces()).isEmpty();
    }
}
