package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.providers.globus.auth.AuthorizationRequired;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.service.ApiError;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The scopes for want of which an API refused a request, as a login asks for them. */
final class MissingScopes {

    private static final int FORBIDDEN = 403;

    /** RFC 6749 section 3.3, with the spaces between what a scope of Globus depends on. What an API says may be anything. */
    private static final Pattern SCOPE =
            Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e&&[^-]][\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*");

    private final Invocation it;

    MissingScopes(Invocation it) {
        this.it = it;
    }

    /** @return none when it was for another reason, or nobody knows for which */
    List<String> of(EvergrantException refusal, String session) {
        List<String> demanded = demanded(refusal);
        return demanded.isEmpty() && isForbidden(refusal) ? lacking(session) : demanded;
    }

    /** What the API itself asks for. */
    private static List<String> demanded(EvergrantException refusal) {
        try {
            List<String> all = AuthorizationRequired.of(refusal).stream()
                    .flatMap(demand -> demand.parameters().scopes().stream())
                    .map(GlobusScope::text)
                    .toList();
            return all.stream().allMatch(SCOPE.asMatchPredicate()) ? all : List.of();
        } catch (InvalidInput e) {
            return List.of();
        }
    }

    private static boolean isForbidden(EvergrantException refusal) {
        return ApiError.of(refusal).filter(error -> error.status() == FORBIDDEN).isPresent();
    }

    /** What the command needs and none of the session's tokens has. A token that does not say what it has may have it. */
    private List<String> lacking(String session) {
        List<TokenData> tokens = it.door().session(session).standing().records().values().stream()
                .map(entry -> entry.data())
                .toList();
        if (tokens.stream().anyMatch(data -> data.scopes().isEmpty())) {
            return List.of();
        }
        Set<String> has =
                tokens.stream().flatMap(data -> data.scopes().values().stream()).collect(Collectors.toSet());
        return it.needed().values().stream()
                .filter(scope -> !has.contains(scope))
                .toList();
    }
}
