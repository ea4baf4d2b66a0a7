package io.github.evergrant.renewal;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link JournalState} as JSON values and back. A field of the wrong type reads as absent; one that is not known is kept.
 */
final class JournalCodec {

    private static final int VERSION = 1;

    private static final Set<String> KNOWN = Set.of(
            Ledger.NAMESPACE,
            "version",
            "session",
            "login",
            "rotates",
            "heads",
            "superseded",
            "unsaved",
            "history",
            "marks",
            "intent",
            "answer",
            "failure",
            "ended",
            "arriving_from",
            "last_renewal");

    private JournalCodec() {}

    /** @throws StorageFailure {@code journal_newer} when it is of a version that means something else by its fields */
    static JournalState read(Map<String, @Nullable Object> json) {
        if (json.get("version") instanceof Number version && version.longValue() > VERSION) {
            throw Problems.newerJournal(version.longValue());
        }
        JournalState state = new JournalState();
        Map<String, @Nullable Object> unknown = new LinkedHashMap<>(json);
        unknown.keySet().removeAll(KNOWN);
        state.unknown = unknown;
        list(json.get("unsaved")).forEach(value -> state.unsaved.add(String.valueOf(value)));
        object(json.get("heads")).forEach((rs, value) -> put(state.heads, rs, head(object(value))));
        list(json.get("superseded")).forEach(value -> state.superseded.add(String.valueOf(value)));
        for (Object value : list(json.get("history"))) {
            Answer late = answer(object(value));
            if (late != null) {
                state.history.add(late);
            }
        }
        object(json.get("marks")).forEach((rs, value) -> {
            Map<String, @Nullable Object> mark = object(value);
            state.marks.put(rs, new Mark(text(mark, "fingerprint"), text(mark, "why"), instantOr(mark, "at")));
        });
        state.facts = object(json.get("session"));
        state.login = text(json, "login");
        state.rotates = Boolean.TRUE.equals(json.get("rotates"));
        state.intent = intent(object(json.get("intent")));
        state.answer = answer(object(json.get("answer")));
        state.failure = failure(object(json.get("failure")));
        Map<String, @Nullable Object> ended = object(json.get("ended"));
        state.tombstone = ended.isEmpty() ? null : tombstone(ended);
        state.arrivingFrom = textOrNull(json, "arriving_from");
        state.lastRenewal = instant(json.get("last_renewal"));
        return state;
    }

    /** The same once more, with what the storage's format says: it may say nothing where the copy goes. */
    static JournalState copy(JournalState state) {
        JournalState copy = read(write(state));
        copy.facts = state.facts;
        return copy;
    }

    static Map<String, @Nullable Object> write(JournalState state) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(state.unknown);
        json.put("version", VERSION);
        json.put("session", state.facts.equals(state.lent) ? Map.of() : state.facts);
        json.put("login", state.login);
        if (state.rotates) {
            json.put("rotates", true);
        }
        json.put("heads", heads(state.heads));
        json.put("superseded", List.copyOf(state.superseded));
        if (!state.unsaved.isEmpty()) {
            json.put("unsaved", List.copyOf(state.unsaved));
        }
        List<Object> history = new ArrayList<>();
        state.history.forEach(late -> history.add(write(late)));
        json.put("history", history);
        Map<String, @Nullable Object> marks = new LinkedHashMap<>();
        state.marks.forEach((rs, mark) -> marks.put(
                rs,
                object(
                        "fingerprint",
                        mark.fingerprint(),
                        "why",
                        mark.why(),
                        "at",
                        mark.at().toString())));
        json.put("marks", marks);
        Intent intent = state.intent;
        if (intent != null) {
            json.put(
                    "intent",
                    object(
                            "id", intent.id(),
                            "resource_server", intent.resourceServer(),
                            "parent", intent.parent(),
                            "first_sent", intent.firstSent().toString(),
                            "until", intent.until().toString(),
                            "host", intent.host(),
                            "process", intent.process(),
                            "answered", intent.answered()));
        }
        if (state.answer != null) {
            json.put("answer", write(state.answer));
        }
        Failure failure = state.failure;
        if (failure != null) {
            json.put(
                    "failure",
                    object(
                            "code", failure.code(),
                            "why", failure.why(),
                            "at", failure.at().toString(),
                            "until", failure.until().toString(),
                            "count", failure.count(),
                            "temporary", failure.temporary()));
        }
        Tombstone ended = state.tombstone;
        if (ended != null) {
            String where = ended.toStorage() ? "moved_to_storage" : "moved_to";
            Map<String, @Nullable Object> end = object("at", ended.at().toString(), where, ended.movedTo());
            if (ended.nameThere() != null) {
                end.put("name_there", ended.nameThere());
            }
            json.put("ended", end);
        }
        if (state.arrivingFrom != null) {
            json.put("arriving_from", state.arrivingFrom);
        }
        if (state.lastRenewal != null) {
            json.put("last_renewal", state.lastRenewal.toString());
        }
        return json;
    }

    private static Map<String, @Nullable Object> write(Answer answer) {
        return object(
                "resource_server", answer.resourceServer(),
                "parent", answer.parent(),
                "login", answer.login(),
                "next", heads(answer.next()));
    }

    private static Map<String, @Nullable Object> heads(Map<String, Head> heads) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        heads.forEach((rs, head) -> json.put(rs, write(head)));
        return json;
    }

    private static Map<String, @Nullable Object> write(Head head) {
        TokenData data = head.data();
        Map<String, @Nullable Object> json = object(
                "access_token", data.accessToken().reveal(),
                "refresh_token",
                        data.refreshToken() == null ? null : data.refreshToken().reveal(),
                "token_type", data.tokenType(),
                "scope", data.scopes().text(),
                "expires_at", data.expiry().end().map(Instant::toString).orElse(null),
                "identity_id", data.identityId(),
                "issued_at", head.issuedAt() == null ? null : head.issuedAt().toString(),
                "born_of_refusal", head.bornOfRefusal(),
                "unchanging", head.unchanging());
        if (head.refreshEnd() != null) {
            json.put("refresh_end", head.refreshEnd().toString());
        }
        // What is too deep to be read again would keep the tokens from being written.
        Map<String, @Nullable Object> extra = TokenObject.readable(data.extra());
        if (!extra.isEmpty()) {
            json.put("extra", extra);
        }
        return json;
    }

    private static @Nullable Head head(Map<String, @Nullable Object> json) {
        if (!(json.get("access_token") instanceof String access)) {
            return null;
        }
        String refresh = textOrNull(json, "refresh_token");
        Instant exact = instant(json.get("expires_at"));
        Expiry expiry = exact != null ? Expiry.at(exact) : Expiry.never();
        TokenData data = new TokenData(
                text(json, "resource_server"),
                Secret.of(access),
                refresh == null ? null : Secret.of(refresh),
                textOrNull(json, "token_type"),
                Scopes.parse(text(json, "scope")),
                expiry,
                textOrNull(json, "identity_id"),
                object(json.get("extra")));
        return new Head(
                data,
                instant(json.get("issued_at")),
                Boolean.TRUE.equals(json.get("born_of_refusal")),
                Boolean.TRUE.equals(json.get("unchanging")),
                instant(json.get("refresh_end")));
    }

    private static Tombstone tombstone(Map<String, @Nullable Object> ended) {
        String address = textOrNull(ended, "moved_to_storage");
        return address == null
                ? new Tombstone(instantOr(ended, "at"), textOrNull(ended, "moved_to"))
                : Tombstone.elsewhere(instantOr(ended, "at"), address, textOrNull(ended, "name_there"));
    }

    private static @Nullable Answer answer(Map<String, @Nullable Object> json) {
        Map<String, Head> next = new LinkedHashMap<>();
        object(json.get("next")).forEach((rs, value) -> put(next, rs, head(object(value))));
        return next.isEmpty()
                ? null
                : new Answer(text(json, "resource_server"), text(json, "parent"), text(json, "login"), next);
    }

    private static @Nullable Intent intent(Map<String, @Nullable Object> json) {
        return json.isEmpty()
                ? null
                : new Intent(
                        text(json, "id"),
                        text(json, "resource_server"),
                        text(json, "parent"),
                        instantOr(json, "first_sent"),
                        instantOr(json, "until"),
                        text(json, "host"),
                        text(json, "process"),
                        Boolean.TRUE.equals(json.get("answered")));
    }

    private static @Nullable Failure failure(Map<String, @Nullable Object> json) {
        return json.isEmpty()
                ? null
                : new Failure(
                        text(json, "code"),
                        text(json, "why"),
                        instantOr(json, "at"),
                        instantOr(json, "until"),
                        json.get("count") instanceof Number count ? count.intValue() : 1,
                        !Boolean.FALSE.equals(json.get("temporary")));
    }

    /** A head is kept under its resource server, which therefore is not repeated inside. */
    private static void put(Map<String, Head> heads, String resourceServer, @Nullable Head head) {
        if (head != null) {
            TokenData data = head.data();
            heads.put(
                    resourceServer,
                    head.with(new TokenData(
                            resourceServer,
                            data.accessToken(),
                            data.refreshToken(),
                            data.tokenType(),
                            data.scopes(),
                            data.expiry(),
                            data.identityId(),
                            data.extra())));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.put((String) Objects.requireNonNull(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return json;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof String text ? text : "";
    }

    private static @Nullable String textOrNull(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof String text ? text : null;
    }

    private static Instant instantOr(Map<String, @Nullable Object> json, String name) {
        Instant value = instant(json.get(name));
        return value == null ? Instant.EPOCH : value;
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
