package io.github.evergrant.cli.frame;

import io.github.evergrant.provider.Provider;
import io.github.evergrant.providers.agave.saved.Selection;
import java.util.List;
import java.util.Optional;

/** With whom a session may be of which nothing is known but its name. For one thread. */
final class LikelyProvider {

    private final Invocation it;
    private final SameCommand same;
    private final AgaveAdvice agave;

    LikelyProvider(Invocation it, SameCommand same, AgaveAdvice agave) {
        this.it = it;
        this.same = same;
        this.agave = agave;
    }

    /** Whoever is named by the command; else a session is called after its provider unless its owner wished otherwise. */
    String of(String session) {
        Optional<String> named = named();
        if (named.isPresent()) {
            return named.get();
        }
        if (Selection.isName(session) || agave.keeps(session)) {
            return "agave";
        }
        return it.providers().all().stream()
                .map(Provider::id)
                .filter(session::startsWith)
                .findFirst()
                .orElseGet(this::any);
    }

    /** With whom to begin; where nobody is named, one where a person signs in with a browser asks for the least. */
    String any() {
        List<Provider> all = it.providers().all();
        return named().orElseGet(() -> all.stream()
                .filter(each -> each.describe(null, null).endpoints().authorization() != null)
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(Provider::id)
                .orElse("PROVIDER"));
    }

    private Optional<String> named() {
        String named = same.value("--provider");
        return it.providers().all().stream()
                .map(Provider::id)
                .filter(id -> id.equals(named))
                .findFirst();
    }
}
