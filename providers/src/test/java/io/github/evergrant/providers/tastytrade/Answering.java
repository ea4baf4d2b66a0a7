package io.github.evergrant.providers.tastytrade;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person with codes to type, who remembers what was asked. */
final class Answering implements ChallengeAnswers {

    final List<String> asked = new ArrayList<>();
    private final List<String> codes;

    Answering(String... codes) {
        this.codes = new ArrayList<>(List.of(codes));
    }

    @Override
    public String code(@Nullable String sentTo, boolean again) {
        asked.add("code " + sentTo + (again ? " again" : ""));
        return codes.remove(0);
    }

    @Override
    public String answer(String question) {
        asked.add(question);
        return "blue";
    }
}
