package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Grant;

/** Who may look into a mapped collection: whoever allowed Transfer to use their data there. */
record DataAccess(Consents consents, TransferRefusals refusals) {

    /** Throws a {@link Refusal} that says what is to be allowed. */
    void require(Request request, Grant token, SandboxCollection collection) {
        String dependency = collection.dataAccess();
        if (collection.isMapped() && !consents.allow(token, TransferApi.SCOPE, dependency)) {
            throw refusals.consentRequired(request, TransferApi.SCOPE + "[*" + dependency + "]");
        }
    }
}
