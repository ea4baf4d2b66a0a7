package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Request;

/** Numbers in a query. */
final class TransferNumbers {

    private final TransferRefusals refusals;

    TransferNumbers(TransferRefusals refusals) {
        this.refusals = refusals;
    }

    long count(Request request, String name, long otherwise, long most) {
        String text = request.query().one(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,15}") || Long.parseLong(text) > most) {
            throw refusals.badRequest(request, name + " must be a whole number of at most " + most);
        }
        return Long.parseLong(text);
    }
}
