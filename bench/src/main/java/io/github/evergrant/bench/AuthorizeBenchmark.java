package io.github.evergrant.bench;

import io.github.evergrant.bench.subject.Kind;
import io.github.evergrant.bench.subject.Subject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a request pays for its token while that is fresh. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AuthorizeBenchmark {

    @Param
    public Kind kind = Kind.FLOOR;

    private Subject subject = () -> "";

    @Setup
    public void open() {
        subject = kind.fresh();
    }

    @TearDown
    public void close() {
        subject.close();
    }

    @Benchmark
    public Object authorize() throws Exception {
        return subject.token();
    }
}
