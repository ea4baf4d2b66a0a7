package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.providers.globus.service.ApiError;
import io.github.evergrant.providers.globus.service.RetryCheck;
import java.util.List;

/**
 * Trouble of the machine that has the files, which Transfer reports as its own 502: to ask again at once does not help.
 *
 * <p>What its administrator or the caller would have to change is told from what may pass, such as a laptop that sleeps.
 */
record RemoteTrouble() implements RetryCheck {

    private static final List<String> REMOTE = List.of("ExternalError", "EndpointError");
    private static final int SERVER_ERROR = 500;
    private static final List<String> LASTING =
            List.of("PermissionDenied", "NotDirectory", "NotFound", "LoginFailed", "SizeLimit", "Exists");

    @Override
    public Decision decide(ApiError error) {
        String code = error.code().orElse("");
        if (error.status() < SERVER_ERROR || REMOTE.stream().noneMatch(code::contains)) {
            return Decision.UNDECIDED;
        }
        return LASTING.stream().anyMatch(code::contains) ? Decision.REFUSED : Decision.LATER;
    }
}
