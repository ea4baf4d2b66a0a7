package io.github.evergrant.cli.quick;

import io.github.evergrant.cli.frame.SendableToken;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one resource server, as a store or a journal has them.
 *
 * @param end in seconds since 1970
 */
record SeenRecord(
        String accessToken,
        @Nullable String refreshToken,
        long end,
        @Nullable String identity) {

    private static final String TYPE = "Bearer";

    /** What a journal may say of a record whose token is good until its end. */
    private static final Set<String> NOTED = Set.of(
            "access_token",
            "refresh_token",
            "token_type",
            "scope",
            "expires_at",
            "identity_id",
            "issued_at",
            "born_of_refusal",
            "unchanging",
            "extra");

    /** From 1 March of the year 0. */
    private static final long DAYS_BEFORE_1970 = 719_468;

    /** Of a store; null when it is not plain. */
    static @Nullable SeenRecord stored(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                        && map.get("resource_server") instanceof String
                        && map.get("expires_at_seconds") instanceof Long end
                ? of(map, end)
                : null;
    }

    /** Of a journal; null when it is not plain, or says more: of an end of its refresh token, a renewal may be due before. */
    static @Nullable SeenRecord noted(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                        && NOTED.containsAll(map.keySet())
                        && map.get("expires_at") instanceof String end
                ? of(map, epochSecond(end))
                : null;
    }

    private static @Nullable SeenRecord of(Map<?, ?> map, long end) {
        return map.get("access_token") instanceof String access
                        && SendableToken.isSendable(access)
                        && map.get("scope") instanceof String
                        && TYPE.equals(map.get("token_type"))
                        && isTextOrNull(map.get("refresh_token"))
                        && isTextOrNull(map.get("identity_id"))
                ? new SeenRecord(access, (String) map.get("refresh_token"), end, (String) map.get("identity_id"))
                : null;
    }

    boolean isSamePair(SeenRecord other) {
        return accessToken.equals(other.accessToken)
                && (refreshToken == null ? other.refreshToken == null : refreshToken.equals(other.refreshToken));
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "SeenRecord[until " + end + "]";
    }

    String line(boolean header) {
        return (header ? "Authorization: Bearer " : "").concat(accessToken).concat("\n");
    }

    /**
     * Of {@code 2026-01-31T23:59:58.9Z}. The JDK's calendar takes long to load; this one begins its years in March, so that the
     * leap day is a year's last.
     */
    static long epochSecond(String text) {
        int month = (number(text, 5, 7) + 9) % 12;
        long year = number(text, 0, 4) - month / 10;
        long leapDays = year / 4 - year / 100 + year / 400;
        long day = year * 365 + leapDays + (month * 306L + 5) / 10 + number(text, 8, 10) - 1 - DAYS_BEFORE_1970;
        return ((day * 24 + number(text, 11, 13)) * 60 + number(text, 14, 16)) * 60 + number(text, 17, 19);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static boolean isTextOrNull(@Nullable Object value) {
        return value == null || (value instanceof String text && !text.isEmpty());
    }
}
