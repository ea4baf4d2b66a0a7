package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * A scope with the scopes it may use in its turn, as a scope parameter says it: {@code name[dependency *optional[deeper]]}.
 *
 * @param name a scope there is
 * @param optional whether it can be taken back alone
 * @param dependencies what its service asks of others
 */
record GlobusScopeTree(String name, boolean optional, List<GlobusScopeTree> dependencies) {

    private static final int DEEPEST = 50;

    GlobusScopeTree {
        dependencies = List.copyOf(dependencies);
    }

    /** The scopes in a scope parameter; throws a {@link Refusal} with {@code invalid_scope} for anything else. */
    static List<GlobusScopeTree> parse(String text) {
        Reader reader = new Reader(text);
        List<GlobusScopeTree> trees = reader.list(0);
        if (reader.at != text.length() || trees.isEmpty()) {
            throw reader.invalid();
        }
        return trees;
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<GlobusScopeTree> list(int depth) {
            if (depth > DEEPEST) {
                throw invalid();
            }
            List<GlobusScopeTree> trees = new ArrayList<>();
            while (true) {
                while (next(' ')) {
                    at++;
                }
                if (at == text.length() || next(']')) {
                    return trees;
                }
                trees.add(tree(depth));
                if (at < text.length() && !next(' ') && !next(']')) {
                    throw invalid();
                }
            }
        }

        private GlobusScopeTree tree(int depth) {
            boolean optional = next('*');
            at += optional ? 1 : 0;
            int start = at;
            while (at < text.length() && " []*".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(start, at);
            GlobusScopes.server(name);
            if (!next('[')) {
                return new GlobusScopeTree(name, optional, List.of());
            }
            at++;
            List<GlobusScopeTree> dependencies = list(depth + 1);
            if (dependencies.isEmpty() || !next(']')) {
                throw invalid();
            }
            at++;
            return new GlobusScopeTree(name, optional, dependencies);
        }

        private boolean next(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        Refusal invalid() {
            String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
            return new Refusal(Reply.error(400, "invalid_scope", "not a scope: \"" + shown + "\""));
        }
    }
}
