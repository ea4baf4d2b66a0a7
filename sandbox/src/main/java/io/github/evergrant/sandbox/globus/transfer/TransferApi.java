package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.RequestKind;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything below one address of Globus Transfer. Its request kinds begin with {@code transfer.}. Safe for all threads.
 */
public final class TransferApi {

    private static final String SERVER = "transfer.api.globus.org";
    static final String SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all";
    private static final String ID = "([^/]+)";

    private interface Work {
        Reply run(Request request, Grant token, String id);
    }

    private record Route(String method, Pattern path, String kind, Work work) {}

    private final String root;
    private final TokenBook tokens;
    private final TransferState state;
    private final TransferRefusals refusals;
    private final List<Route> routes = new ArrayList<>();

    /**
     * @param root the path it is below, with a slash at the end
     * @param tokens who holds which token
     * @param consents what their people allowed besides
     */
    public TransferApi(
            String root,
            List<SandboxCollection> collections,
            TokenBook tokens,
            Consents consents,
            Randomness random,
            InstantSource clock) {
        this.root = root;
        this.tokens = tokens;
        this.state = new TransferState(collections, random, clock);
        this.refusals = new TransferRefusals(root, random);
        DataAccess dataAccess = new DataAccess(consents, refusals);
        TransferEndpoints endpoints = new TransferEndpoints(state, refusals);
        TransferDirectories directories = new TransferDirectories(state, dataAccess, refusals);
        TransferSubmissions submissions = new TransferSubmissions(state, dataAccess, refusals, random);
        TransferTasks tasks = new TransferTasks(state, refusals);
        on(
                "GET",
                "endpoint_search",
                "endpoint_search",
                (request, token, id) -> endpoints.search(request, token.person()));
        on(
                "GET",
                "endpoint/" + ID,
                "endpoint",
                (request, token, id) -> endpoints.one(request, token.person(), collection(request, id)));
        on(
                "GET",
                "operation/endpoint/" + ID + "/ls",
                "ls",
                (request, token, id) -> directories.list(request, token, collection(request, id)));
        on("GET", "submission_id", "submission_id", (request, token, id) -> submissions.id(request, token.person()));
        on("POST", "transfer", "submit", (request, token, id) -> submissions.transfer(request, token));
        on("POST", "delete", "delete", (request, token, id) -> submissions.delete(request, token));
        on("GET", "task_list", "task_list", (request, token, id) -> tasks.list(request, token.person()));
        on("GET", "task/" + ID, "task", (request, token, id) -> tasks.one(request, token.person(), id));
        on(
                "POST",
                "task/" + ID + "/cancel",
                "task_cancel",
                (request, token, id) -> tasks.cancel(request, token.person(), id));
    }

    /** What a request below its address asks for; never fails. */
    public Call call(Request request) {
        boolean known = false;
        for (Route route : routes) {
            Matcher matcher = route.path.matcher(request.path());
            if (matcher.matches()) {
                known = true;
                if (route.method.equals(request.method())) {
                    String id = matcher.groupCount() > 0 ? matcher.group(1) : "";
                    return new Call("transfer." + route.kind, any -> route.work.run(any, holder(any), id));
                }
            }
        }
        int status = known ? 405 : 404;
        String code = known ? "ClientError.MethodNotAllowed" : "ClientError.NotFound";
        return new Call(
                RequestKind.UNKNOWN,
                any -> refusals.reply(any, status, code, "No such resource, or not by " + any.method()));
    }

    /** Forgets tasks, and puts all files back. */
    public void clear() {
        state.clear();
    }

    private void on(String method, String path, String kind, Work work) {
        routes.add(new Route(method, Pattern.compile(Pattern.quote(root + "v0.10/") + path), kind, work));
    }

    private SandboxCollection collection(Request request, String id) {
        return state.collections().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refusals.noEndpoint(request, id));
    }

    private Grant holder(Request request) {
        String value = request.bearer();
        if (value == null) {
            throw refusals.notAuthenticated(request, "Missing or malformed Authorization header");
        }
        AccessToken token = tokens.access(value)
                .filter(found -> found.grant().audience().equals(SERVER))
                .orElseThrow(() -> refusals.notAuthenticated(request, "Token is not active"));
        if (!token.grant().scopes().contains(SCOPE)) {
            throw refusals.refusal(request, 403, "PermissionDenied", "The token lacks the scope " + SCOPE);
        }
        return token.grant();
    }
}
