package io.github.evergrant.providers.globus.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.GroupsClient;
import io.github.evergrant.providers.globus.service.ApiError;
import io.github.evergrant.providers.globus.service.FakePace;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.Query;
import io.github.evergrant.providers.globus.service.ServiceClient;
import io.github.evergrant.providers.testing.SandboxHand;
import io.github.evergrant.sandbox.globus.transfer.TutorialCollections;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Scopes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session's clients over real sockets; all clocks are one, which goes on in pauses only. */
final class TransferSandboxTest {

    private static final String FIRST = TutorialCollections.FIRST;
    private static final String SECOND = TutorialCollections.SECOND;
    private static final String GODATA = "/home/share/godata";

    private static final String GRANT = """
            "scopes":["urn:globus:auth:scope:transfer.api.globus.org:all",
             "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"]""";

    private final FakePace pace = new FakePace();
    private final SandboxHand sandbox = new SandboxHand("globus", pace);
    private final GlobusProvider globus = new GlobusProvider(Map.of());
    private final ProviderData data = globus.describe(null, sandbox.base());

    @TempDir
    private Path folder;

    private Evergrant door;
    private Session session;
    private TransferClient client;

    @BeforeEach
    void log_in() {
        door = Evergrant.open(
                "json:" + folder.resolve("sessions.json"),
                EvergrantSettings.defaults().withClock(pace).withRefreshAhead(false));
        session = door.keep("tour", login(), false);
        client = new TransferClient(service(GlobusService.TRANSFER));
    }

    @AfterEach
    void close() {
        door.close();
        sandbox.close();
    }

    @Test
    void a_collection_is_searched_found_and_listed() {
        assertThat(client.searchEndpoints("tutorial").stream().map(Endpoint::id))
                .containsExactly(FIRST, SECOND);
        Endpoint found = client.endpointNamed("Globus Tutorial Collection 1");
        assertThat(found).isEqualTo(client.endpoint(FIRST));
        assertThat(found.owner()).isEqualTo("demo@example.org");
        assertThat(client.ls(found.id(), ListingOptions.ALL).path()).isEqualTo("/home/");

        DirectoryListing listing = client.ls(FIRST, GODATA, ListingOptions.ALL);
        assertThat(listing.entries().stream().map(FileEntry::name))
                .containsExactly("file1.txt", "file2.txt", "file3.txt");
        assertThat(client.ls(FIRST, "/home/odd names", ListingOptions.ALL).entries().stream()
                        .map(FileEntry::name))
                .containsExactly("100%.txt", "a b+c.txt", "bell\u0007\u001b[31m.txt", "na\u00efve.txt", "what?.txt");
    }

    @Test
    void ten_thousand_files_come_in_one_listing_each_once_and_in_order() {
        DirectoryListing listing = client.ls(TutorialCollections.LARGE, ListingOptions.ALL.with("orderby", "name"));

        assertThat(listing.total()).hasValue(TutorialCollections.MANY);
        assertThat(listing.entries().stream().map(FileEntry::name))
                .hasSize(TutorialCollections.MANY)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(listing.entries().get(9_999).size()).hasValue(9_999);
        assertThat(client.ls(
                                TutorialCollections.LARGE,
                                ListingOptions.ALL.with("limit", 100).with("offset", 9_950))
                        .entries())
                .hasSize(50);
    }

    @Test
    void a_copy_is_ordered_and_waited_for() {
        List<Long> bytes = new ArrayList<>();

        Submission submission =
                client.submit(TransferOrder.of(FIRST, SECOND, TransferItem.directory(GODATA, "/home/copy")));
        Task task = client.await(
                submission.taskId(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(2),
                each -> bytes.add(each.bytesTransferred().orElseThrow()));

        assertThat(task.status()).isEqualTo(Task.Status.SUCCEEDED);
        assertThat(task.files()).hasValue(3);
        assertThat(bytes).isSorted().hasSizeGreaterThan(3).endsWith(5_244_420L);
        assertThat(client.ls(SECOND, "/home/copy", ListingOptions.ALL).entries())
                .hasSize(3);
        assertThat(client.tasks(Query.NONE).stream().map(Task::id)).containsExactly(task.id());

        client.await(
                client.submit(DeleteOrder.of(SECOND, "/home/copy").withDirectories())
                        .taskId(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(2),
                each -> {});
        assertThat(client.ls(SECOND, ListingOptions.ALL).entries()).isEmpty();
    }

    @Test
    void an_order_whose_answer_is_lost_is_done_once() {
        sandbox.faults("{\"kind\":\"transfer.submit\",\"do\":\"drop-after\"}");

        Submission submission =
                client.submit(TransferOrder.of(FIRST, SECOND, TransferItem.file(GODATA + "/file1.txt", "/home/a")));

        assertThat(submission.isDuplicate()).isTrue();
        assertThat(client.tasks(Query.NONE).toList()).hasSize(1);
    }

    @Test
    void a_failed_task_is_over_and_says_why() {
        String id = client.submit(TransferOrder.of(FIRST, SECOND, TransferItem.file("/nothing", "/home/a")))
                .taskId();

        Task task = client.await(id, Duration.ofMinutes(5), Duration.ofSeconds(2), each -> {});

        assertThat(task.isDone()).isTrue();
        assertThat(task.status()).isEqualTo(Task.Status.FAILED);
        assertThat(task.document().at("fatal_error").text("code")).contains("FILE_NOT_FOUND");
    }

    @Test
    void a_task_can_be_cancelled() {
        String id = client.submit(TransferOrder.of(FIRST, SECOND, TransferItem.directory(GODATA, "/home/copy")))
                .taskId();

        client.cancel(id);

        assertThat(client.task(id).status()).isEqualTo(Task.Status.FAILED);
    }

    @Test
    void a_spent_token_and_a_refused_one_are_renewed_once_each() {
        pace.advance(Duration.ofMinutes(20));
        client.ls(FIRST, ListingOptions.ALL);
        assertThat(sandbox.requests("token.refresh")).isEqualTo(1);

        sandbox.expire();
        client.ls(FIRST, ListingOptions.ALL);

        assertThat(sandbox.requests("token.refresh")).isEqualTo(2);
        assertThat(sandbox.requests("transfer.ls")).isEqualTo(3);
        assertThat(new GroupsClient(service(GlobusService.GROUPS)).myGroups()).hasSize(1);
    }

    @Test
    void of_many_threads_that_are_refused_one_renews() throws Exception {
        sandbox.expire();
        CountDownLatch begin = new CountDownLatch(1);
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        begin.await();
                        seen.add(client.ls(FIRST, GODATA, ListingOptions.ALL)
                                .entries()
                                .size());
                    } catch (InterruptedException | RuntimeException e) {
                        seen.add(e);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(seen).containsExactly(3);
        assertThat(sandbox.requests("token.refresh")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/locked", "/home/share/godata/file1.txt", "/nothing"})
    void what_cannot_be_listed_is_refused_and_asked_for_once(String path) {
        assertThatThrownBy(() -> client.ls(FIRST, path, ListingOptions.ALL))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(ApiError.of(e).orElseThrow().requestId())
                                .isPresent());
        assertThat(sandbox.requests("transfer.ls")).isEqualTo(1);
    }

    @Test
    void a_strangers_collection_and_an_unknown_one_are_refused() {
        assertThatThrownBy(() -> client.ls(TutorialCollections.PRIVATE, ListingOptions.ALL))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("EndpointPermissionDenied");
        assertThatThrownBy(() -> client.ls("00000000-0000-4000-8000-000000000000", ListingOptions.ALL))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("EndpointNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "truncate", "wrong-content-type", "drop"})
    void a_broken_answer_is_temporary_trouble(String fault) {
        sandbox.faults("{\"kind\":\"transfer.ls\",\"times\":100,\"do\":\"" + fault + "\"}");

        assertThatThrownBy(() -> client.ls(FIRST, ListingOptions.ALL)).isInstanceOf(TemporarilyUnavailable.class);
    }

    @Test
    void an_answer_beyond_the_limit_is_not_held() {
        sandbox.faults("{\"kind\":\"transfer.ls\",\"times\":100,\"do\":\"huge\"}");

        assertThatThrownBy(() -> client.ls(FIRST, ListingOptions.ALL))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("reply_too_large"));
        assertThat(sandbox.requests("transfer.ls")).isEqualTo(1);
    }

    @Test
    void trouble_that_passes_is_not_noticed() {
        sandbox.faults("{\"kind\":\"transfer.ls\",\"times\":3,\"do\":\"status\",\"status\":503},"
                + "{\"kind\":\"transfer.endpoint\",\"times\":2,\"do\":\"drop\"}");

        assertThat(client.ls(FIRST, ListingOptions.ALL).entries()).isNotEmpty();
        assertThat(client.endpoint(FIRST).id()).isEqualTo(FIRST);

        assertThat(sandbox.requests("transfer.ls")).isEqualTo(4);
    }

    private ServiceClient service(GlobusService service) {
        return ServiceClient.of(data, service, door.http(), session.authorizer(service.resourceServer()))
                .with(pace);
    }

    private LoginResult login() {
        LoginRequest request = LoginRequest.of(globus, data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.NONE);
        return TokenReplyLogin.read(request, sandbox.grant(GRANT), pace);
    }
}
