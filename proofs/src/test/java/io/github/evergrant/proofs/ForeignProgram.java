package io.github.evergrant.proofs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A Python program that stores tokens as globus_sdk does: a JSON document is loaded, changed, truncated and rewritten in
 * place, without a lock; a row of a database is replaced. It stores one entry after the other in a namespace of its own,
 * and sees at each load whether what it stored before is still there.
 */
final class ForeignProgram implements AutoCloseable {

    private static final String PROGRAM = """
            import fcntl, json, os, sqlite3, sys, threading, time
            kind, path, prefix, pace = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]) / 1000
            keys = 150
            mine = {}
            hidden = set()
            replaced = set()
            stored = failed = lost = hid = torn = 0
            stopped, asked = threading.Event(), threading.Event()

            def token(rs, access):
                return {"resource_server": rs, "scope": "all", "access_token": access, "refresh_token": "rt-" + access,
                        "expires_at_seconds": 4102444800, "token_type": "Bearer"}

            def look(there):
                global hid
                for rs, access in mine.items():
                    gone = there.get(rs, {}).get("access_token") != access
                    hid += gone and rs not in hidden
                    (hidden.add if gone else hidden.discard)(rs)

            class Json:
                # JSONTokenStorage of globus_sdk 4
                def load(self):
                    if not os.path.exists(path):
                        return {"data": {}, "format_version": "2.0", "globus-sdk.version": "4.9.0"}
                    with open(path, encoding="utf-8") as f:
                        return json.load(f)
                def read(self):
                    return self.load()["data"].get(prefix, {})
                def store(self, rs, access):
                    document = self.load()
                    namespace = document["data"].setdefault(prefix, {})
                    look(namespace)
                    namespace[rs] = token(rs, access)
                    document["globus-sdk.version"] = "4.9.0"
                    former = os.umask(0o177)
                    # Two that write at once would leave two texts in one another, which nobody can read ever again.
                    turn = open(path + ".turn", "a")
                    fcntl.flock(turn, fcntl.LOCK_EX)
                    try:
                        with open(path, "w", encoding="utf-8") as f:
                            json.dump(document, f)
                            f.flush()
                            if os.fstat(f.fileno()).st_ino != os.stat(path).st_ino:
                                replaced.add(access)
                    finally:
                        turn.close()
                        os.umask(former)

            class Sqlite:
                # SQLiteTokenStorage of globus_sdk 4
                def __init__(self):
                    self.db = sqlite3.connect(path)
                def read(self):
                    rows = self.db.execute(
                        "SELECT resource_server, token_data_json FROM token_storage WHERE namespace=?", (prefix,))
                    return {rs: json.loads(data) for rs, data in rows}
                def store(self, rs, access):
                    look(self.read())
                    self.db.execute(
                        "REPLACE INTO token_storage(namespace, resource_server, token_data_json) VALUES(?, ?, ?)",
                        (prefix, rs, json.dumps(token(rs, access))))
                    self.db.commit()

            storage = Json() if kind == "json" else Sqlite()

            def wait():
                for event in stopped, asked:
                    sys.stdin.readline()
                    event.set()

            print("ready", flush=True)
            sys.stdin.readline()
            threading.Thread(target=wait, daemon=True).start()
            while not stopped.is_set():
                rs, access = "%s-%d" % (prefix, stored % keys), "at-%d" % stored
                try:
                    storage.store(rs, access)
                except json.JSONDecodeError:
                    # Another Python program is writing.
                    failed += 1
                    time.sleep(pace)
                    continue
                # What was stored under this name before can be had no more.
                lost += rs in hidden
                torn += rs in hidden and mine[rs] in replaced
                hidden.discard(rs)
                mine[rs] = access
                stored += 1
                time.sleep(pace)
            print("stopped", flush=True)
            asked.wait()
            look(storage.read())
            torn += sum(mine[rs] in replaced for rs in hidden)
            print(stored, failed, hid, lost + len(hidden), len(replaced), torn, flush=True)
            """;

    /**
     * What came of it.
     *
     * @param stored how many entries
     * @param failed how many loads found half a document
     * @param hidden how many entries were not there at a load that was after their store
     * @param lost how many of these never came back
     * @param replaced how many entries were written into a file that somebody had replaced after it was opened
     * @param lostOfReplaced how many of these never came back
     */
    record Result(int stored, int failed, int hidden, int lost, int replaced, int lostOfReplaced) {

        Result plus(Result other) {
            return new Result(
                    stored + other.stored,
                    failed + other.failed,
                    hidden + other.hidden,
                    lost + other.lost,
                    replaced + other.replaced,
                    lostOfReplaced + other.lostOfReplaced);
        }

        String words() {
            return stored + " stored, " + replaced + " of them while the file was replaced; " + failed
                    + " failed loads, " + hidden + " entries missing for a moment, " + lost + " lost";
        }
    }

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    /**
     * Starts it; it stores nothing before {@link #go}.
     *
     * @param kind {@code json} or {@code sqlite}
     * @param name its namespace
     * @param paceMillis how long it rests after each store
     */
    ForeignProgram(String kind, Path store, String name, int paceMillis) throws IOException {
        try {
            process = new ProcessBuilder(
                            "python3", "-c", PROGRAM, kind, store.toString(), name, String.valueOf(paceMillis))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "python3 is needed to play a foreign program: install it (Debian: apt-get install python3)", e);
        }
        in = process.outputWriter();
        out = process.inputReader();
        expect("ready");
    }

    void go() {
        say("go");
    }

    /** Ends its storing; what it stored is looked for when {@link #result} is asked. */
    void stop() {
        say("stop");
        expect("stopped");
    }

    Result result() {
        say("result");
        String[] numbers = hear().split(" ");
        return new Result(
                number(numbers[0]),
                number(numbers[1]),
                number(numbers[2]),
                number(numbers[3]),
                number(numbers[4]),
                number(numbers[5]));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private void say(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expect(String line) {
        String heard = hear();
        if (!heard.equals(line)) {
            throw new AssertionError("python3 said " + heard + " instead of " + line);
        }
    }

    private String hear() {
        try {
            return String.valueOf(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
