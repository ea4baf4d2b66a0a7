package io.github.evergrant.sandbox.server;

/** Thrown by a dialect to end a request with a reply that refuses it. */
public final class Refusal extends RuntimeException {

    private final transient Reply reply;

    /** A refusal with that reply. */
    public Refusal(Reply reply) {
        super(reply.body(), null, false, false);
        this.reply = reply;
    }

    /** Status 400 with {@code {"error":"invalid_request","error_description":…}}. */
    public static Refusal badRequest(String what) {
        return new Refusal(Reply.error(400, "invalid_request", what));
    }

    /** What the client gets. */
    public Reply reply() {
        return reply;
    }
}
