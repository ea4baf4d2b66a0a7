package io.github.evergrant.renewal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** This process, as an intent names it. */
record Owner(String host, String process) {

    static Owner self() {
        ProcessHandle me = ProcessHandle.current();
        String start = me.info().startInstant().map(Instant::toString).orElse("unknown start");
        return new Owner(hostName(), me.pid() + " since " + start);
    }

    Intent intent(String resourceServer, String parent, Instant firstSent, Instant now) {
        return new Intent(
                UUID.randomUUID().toString(),
                resourceServer,
                parent,
                firstSent,
                now.plus(Intent.LIFE),
                host,
                process,
                false);
    }

    /** Without asking a name server, which may take seconds. */
    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name == null) {
            name = System.getenv("COMPUTERNAME");
        }
        if (name == null) {
            try {
                name = Files.readString(Path.of("/etc/hostname")).trim();
            } catch (IOException e) {
                name = "this machine";
            }
        }
        return name;
    }
}
