package io.github.evergrant.cli.curl;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends one request with the session's token. */
@Command(
        name = "curl",
        description = {
            "Sends a request with the session's token and prints the answer. It is our own HTTP behind the commonest"
                    + " options of curl, so that no token is ever an argument. Only https, or this machine.",
            "",
            "The token is that of the resource server which is the address's host, or of the provider's API at the"
                    + " address. Anywhere else --resource-server has to say which token may go there.",
            "",
            "A GET or HEAD that is answered with 401 is sent once more with a renewed token; another request only with"
                    + " --retry-unsafe: an order must not be placed twice. --timeout counts for the whole request."
        },
        footer = {
            "  evergrant -s tour curl https://groups.api.globus.org/v2/groups/my_groups",
            "  evergrant curl -X PUT -H 'Content-Type: application/json' -d @body.json URL",
            "  evergrant curl -f -L -o result.bin URL"
        })
public final class CurlCommand implements CliCommand {

    private static final int FAILED = 22;

    @Option(
            names = {"-X", "--request"},
            paramLabel = "M",
            description = "The method; without it GET, or POST with -d.")
    private @Nullable String method;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "H",
            description = "A header: Name: value. Can be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DATA",
            description = "A body, sent as it is; @FILE reads a file, @- standard input. As a form, unless -H"
                    + " Content-Type says otherwise. Several are joined by &.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "F",
            description = "Write the answer to this file.")
    private @Nullable String output;

    @Option(
            names = {"-i", "--include"},
            description = "Print the answer's headers too.")
    private boolean include;

    @Option(
            names = {"-f", "--fail"},
            description = "Exit with 22, and print nothing, when the status is 400 or more.")
    private boolean fail;

    @Option(
            names = {"-L", "--location"},
            description = "Follow redirects; the token goes to the same origin only.")
    private boolean location;

    @Option(
            names = {"-I", "--head"},
            description = "Ask for the headers alone, by HEAD, and print them.")
    private boolean head;

    @Option(
            names = {"-s", "--silent"},
            description =
                    "As in curl; changes nothing, there is no progress to hide. Our -s, the session, stands before"
                            + " the word curl; behind it, it is --session.")
    @SuppressWarnings("unused") // only accepted
    private boolean silent;

    @Option(
            names = {"-S", "--show-error"},
            description = "As in curl; changes nothing, errors are always shown.")
    @SuppressWarnings("unused") // only accepted
    private boolean showError;

    @Option(names = "--retry-unsafe", description = "Send any request once more after a 401.")
    private boolean retryUnsafe;

    @Option(names = "--resource-server", paramLabel = "RS", description = "Which of the session's tokens to send.")
    private @Nullable String resourceServer;

    @Parameters(paramLabel = "URL", description = "Where to.")
    private String address = "";

    @Override
    public boolean takesVariables() {
        return true;
    }

    @Override
    public int run(Invocation it) {
        if (head && !data.isEmpty()) {
            throw CliProblem.usage("-I and -d exclude each other");
        }
        String verb = method == null && head ? "HEAD" : method;
        HttpCall call = new RequestWords(verb, headers, data, address).read(it);
        Session session = it.session();
        String rs = resourceServer == null ? new WhoseApi(session, it).resourceServer(call.uri()) : resourceServer;
        Journey.Remembering authorizer = new Journey.Remembering(session.authorizer(rs));
        Journey journey = new Journey(call.uri(), it.door().http(), authorizer, it.patience(), retryUnsafe);
        List<HttpReply> replies = journey.go(call, location);
        HttpReply last = replies.get(replies.size() - 1);
        if (last.status() == 401 && !retryUnsafe && journey.endedUnrepeated()) {
            afterRefusal(it, call, authorizer);
        }
        if (fail && last.status() >= 400) {
            throw CliProblem.of(
                    FAILED,
                    "http_status",
                    call + " was answered with status " + last.status(),
                    session.name(),
                    it.again(session.name()));
        }
        new Output(it, output).write(include || head ? replies : List.of(), last.body());
        return Exits.DONE;
    }

    /** The next one shall not be refused for the same reason. */
    private static void afterRefusal(Invocation it, HttpCall call, Journey.Remembering authorizer) {
        boolean renewed = authorizer.renewLast();
        it.voice()
                .warn(
                        "not_repeated",
                        "the token was refused" + (renewed ? " and renewed" : "") + "; a " + call.method()
                                + " is not sent again without --retry-unsafe");
    }
}
