package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.service.Document;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.Paged;
import io.github.evergrant.providers.globus.service.Paging;
import io.github.evergrant.providers.globus.service.Query;
import io.github.evergrant.providers.globus.service.ServiceClient;
import io.github.evergrant.providers.globus.service.ServiceRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The Globus Transfer API, as far as people use it; {@link #service} has the rest.
 *
 * <p>Safe for many threads. Every call throws what {@link ServiceClient} throws. Trouble of the machine that has the files
 * is not tried again: it is {@code api_refused} when somebody has to change something, else {@code api_unavailable}.
 *
 * @see <a href="https://docs.globus.org/api/transfer/">its reference</a>
 */
public final class TransferClient {

    private static final String VERSION = "v0.10/";
    private static final String DATA = "DATA";
    private static final int SEARCH_PAGE = 100;
    private static final int MOST = 1000;
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final ServiceClient service;

    /** @param service a client of Transfer */
    public TransferClient(ServiceClient service) {
        this.service = service.with(service.policy().with(new RemoteTrouble()));
    }

    /** Transfer where a provider's data says it is. */
    public static TransferClient of(ProviderData provider, HttpSender http, Authorizer authorizer) {
        return new TransferClient(ServiceClient.of(provider, GlobusService.TRANSFER, http, authorizer));
    }

    /** For whatever has no method here; its paths begin with {@code v0.10/}. */
    public ServiceClient service() {
        return service;
    }

    /** The collections that a text is found in; the service gives a thousand at most. */
    public Paged<Endpoint> searchEndpoints(String text) {
        return searchEndpoints(Query.of("filter_fulltext", text));
    }

    /** The collections that filters leave, as Globus' reference names these: {@code filter_scope} and others. */
    public Paged<Endpoint> searchEndpoints(Query filters) {
        ServiceRequest request = ServiceRequest.get(VERSION + "endpoint_search").with(filters);
        return service.pages(request, Paging.hasNextPage(DATA, SEARCH_PAGE, MOST))
                .as(Endpoint::read);
    }

    /** A collection by its id. */
    public Endpoint endpoint(String id) {
        return read(service.get(VERSION + "endpoint/" + checked(id), Query.NONE), Endpoint::read);
    }

    /**
     * The collection that is called exactly so.
     *
     * @throws InvalidInput {@code unknown_endpoint} when the account can see none, {@code endpoint_ambiguous} when there
     *     are several
     */
    public Endpoint endpointNamed(String name) {
        List<Endpoint> found = searchEndpoints(name).stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .limit(2)
                .toList();
        if (found.isEmpty()) {
            throw new InvalidInput(
                    Problem.of("unknown_endpoint", "no collection that you can see is called '" + shown(name) + "'")
                            .withAdvice("give its id, or its name exactly as it is displayed"));
        }
        if (found.size() > 1) {
            throw new InvalidInput(Problem.of(
                            "endpoint_ambiguous",
                            "several collections are called '" + shown(name) + "', "
                                    + shown(found.get(0).id()) + " and "
                                    + shown(found.get(1).id()) + " among them")
                    .withAdvice("give the id of the one you mean"));
        }
        return found.get(0);
    }

    /** What lies in a collection's default directory, wherever that is. */
    public DirectoryListing ls(String endpoint, ListingOptions options) {
        return list(endpoint, options.query());
    }

    /**
     * What lies in a directory of a collection.
     *
     * @param path absolute, or from the home directory on if it begins with {@code /~/} or without a slash
     */
    public DirectoryListing ls(String endpoint, String path, ListingOptions options) {
        return list(endpoint, Query.of("path", path).with(options.query()));
    }

    private DirectoryListing list(String endpoint, Query query) {
        Document listing = service.get(VERSION + "operation/endpoint/" + checked(endpoint) + "/ls", query);
        if (!(listing.fields().get(DATA) instanceof List<?>)) {
            throw unreadable();
        }
        return DirectoryListing.read(endpoint, listing);
    }

    /** Fetches an id under which one order can be submitted any number of times. */
    public String submissionId() {
        return read(service.get(VERSION + "submission_id", Query.NONE), answer -> answer.text("value"));
    }

    /**
     * Submits an order; under a new submission id, if it has none.
     *
     * <p>It is sent again when no answer came: the service knows it by its submission id, and does it once.
     */
    public Submission submit(TaskOrder order) {
        String id = order.submissionId().orElseGet(this::submissionId);
        ServiceRequest request = ServiceRequest.post(
                        VERSION + order.resource(), order.withSubmissionId(id).toJson())
                .repeatable();
        return read(service.send(request), answer -> Submission.read(answer, id));
    }

    /** The account's tasks, newest first unless the filters say otherwise; the service gives a thousand at most. */
    public Paged<Task> tasks(Query filters) {
        return service.pages(ServiceRequest.get(VERSION + "task_list").with(filters), Paging.total(DATA, MOST, MOST))
                .as(Task::read);
    }

    public Task task(String id) {
        return read(service.get(VERSION + "task/" + checked(id), Query.NONE), Task::read);
    }

    /** Asks that a task be ended. What it has done by then stays. */
    public void cancel(String taskId) {
        service.send(ServiceRequest.post(VERSION + "task/" + checked(taskId) + "/cancel", Map.of())
                .repeatable());
    }

    /**
     * Waits until a task is no longer active, or the time is over; look at {@link Task#isDone} afterwards.
     *
     * <p>Passing trouble on the way does not end the wait. It can be interrupted.
     *
     * @param timeout for how long, at most
     * @param interval between two looks, a second at least
     * @param progress told of the task each time it was looked at, on this thread
     * @return the task as it was seen last
     * @throws TemporarilyUnavailable when the last look failed
     */
    public Task await(String taskId, Duration timeout, Duration interval, Consumer<Task> progress) {
        return new TaskWait(this, checked(taskId), interval, progress).until(timeout);
    }

    private static <T> T read(Document answer, Function<Document, Optional<T>> reader) {
        return reader.apply(answer).orElseThrow(TransferClient::unreadable);
    }

    private static TemporarilyUnavailable unreadable() {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the answer of Globus Transfer is not what was asked for"), null);
    }

    /** An id is part of a path: anything else in its place would ask for something else. */
    private static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidInput(Problem.of("bad_id", "'" + shown(id) + "' is no id of Globus Transfer")
                    .withAdvice("an id looks like 6c54cade-bde5-45c1-bdea-f4bd71dba2cc"));
        }
        return id;
    }

    private static String shown(String words) {
        return Cleaned.text(words);
    }
}
