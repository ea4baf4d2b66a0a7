package io.github.evergrant.cli.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is promised of every session, whatever the system: the rows that systems share. */
final class Promises {

    /** For each process, so that most of the crowd is there while the one renewal is under way. */
    private static final long DELAY_MS = 125;

    private static final long LONGEST_DELAY_MS = 3000;

    private final Guide guide;
    private final String renewal;
    private final boolean byRefreshToken;

    /**
     * Those of one kind of session.
     *
     * @param renewal the kind of request that renews it, as the sandbox counts it
     * @param byRefreshToken whether it is by a token, which only one may use
     */
    Promises(Guide guide, String renewal, boolean byRefreshToken) {
        this.guide = guide;
        this.renewal = renewal;
        this.byRefreshToken = byRefreshToken;
    }

    /**
     * A call of an API by a child process.
     *
     * @param what is asked for
     * @param kind as the sandbox counts the request
     * @param promised the answer
     */
    record Api(String what, String kind, String promised, Supplier<String> call) {}

    /** @return the token that was granted */
    String login(Start start) {
        return login(start, null, start.by());
    }

    /** @return the token that was granted, and is spent by now */
    String loginAndAwaitEnd(Start start) {
        String spent = login(start, 1, "a token of one second");
        guide.awaitEnd(start.session());
        return spent;
    }

    /** @param seconds how long its token lives, or null for as long as usual */
    private String login(Start start, @Nullable Integer seconds, String by) {
        String what = "login with " + by + ": exit code";
        String[] words = start.login().toArray(new String[0]);
        if (start instanceof Start.Reply byReply) {
            Map<String, Object> order = new LinkedHashMap<>(byReply.order());
            if (seconds != null) {
                order.put("expires_in", seconds);
            }
            String reply = guide.desk().grant(order);
            guide.see(what, "0", guide.runWith(reply, words).exit());
            return Told.in(reply).text("access_token");
        }
        Supplier<Answer> login = () -> guide.runWith(((Start.Shown) start).input(), words);
        Answer answer = seconds == null ? login.get() : guide.desk().living(seconds, login);
        guide.see(what, "0", answer.exit());
        return guide.stored(start.session()).accessToken().reveal();
    }

    /** What was granted is what another process hands out, and nothing is renewed for that. */
    void handsOut(String session, String granted) {
        Stats.Between meanwhile = guide.during(() -> {
            Answer token = guide.run("token", "-s", session);
            guide.see("token in another process", Answer.known(granted), token.token());
        });
        guide.see("renewal requests for that", "0", meanwhile.requests(renewal));
    }

    /** A spent token is renewed by whoever asks first, and the others have the new one. */
    void renews(Start start) {
        String spent = loginAndAwaitEnd(start);
        Stats.Between both = guide.during(() -> {
            Answer first = guide.run("token", "-s", start.session());
            guide.see("token after its end: exit code", "0", first.exit());
            guide.see("token after its end: the spent one", "no", first.out().equals(spent) ? "yes" : "no");
            Answer second = guide.run("token", "-s", start.session());
            guide.see("the renewed token in another process", Answer.known(first.out()), second.token());
        });
        guide.see("renewal requests for both", "1", both.requests(renewal));
    }

    /** One renewal for a crowd of processes that find the token spent. @return the new token */
    String renewsOnceFor(int processes, Start start) {
        String spent = loginAndAwaitEnd(start);
        guide.delay(renewal, Math.min(LONGEST_DELAY_MS, processes * DELAY_MS));
        Stats before = guide.desk().stats();
        // On a busy machine it takes the one that renews long to get there, and the others wait for it.
        List<Answer> answers = guide.runAtOnce(processes, "token", "-s", start.session(), "--timeout", "4m");
        Stats after = guide.desk().stats();
        guide.explain(answers);
        List<String> tokens = answers.stream().map(Answer::out).distinct().toList();
        String all = processes + " processes at once: ";
        guide.see(all + "exit codes", processes + " x 0", Answer.tally(answers));
        guide.see(all + "different tokens", "1", tokens.size());
        guide.see(all + "the spent one among them", "no", tokens.contains(spent) ? "yes" : "no");
        guide.see(all + "renewal requests", "1", new Stats.Between(before, after).requests(renewal));
        guide.see(all + "refused renewal requests", "0", after.refused(renewal));
        if (byRefreshToken) {
            guide.see(all + "refresh tokens used twice", "0", after.reuses());
            guide.see(all + "most refreshes of one token at a time", "1", after.mostRefreshesAtOnce());
        }
        return tokens.get(0);
    }

    void answers(Api api) {
        guide.see(api.what() + " of the session", api.promised(), api.call().get());
    }

    /** The API has come to dislike a token that looks good: it is renewed once, and nobody notices. */
    Stats.Between survives(Api api) {
        guide.desk().expire();
        Stats.Between meanwhile = guide.during(() -> guide.see(
                api.what() + " after the token was ended early",
                api.promised(),
                api.call().get()));
        guide.see("renewal requests for that", "1", meanwhile.requests(renewal));
        return meanwhile;
    }

    /** The same of an API that is asked once, and so once more. */
    void isAskedOnceMore(Api api) {
        Stats.Between meanwhile = survives(api);
        guide.see("refused by the API (401)", "1", meanwhile.refused(api.kind()));
        guide.see("requests to the API", "2", meanwhile.requests(api.kind()));
    }
}
