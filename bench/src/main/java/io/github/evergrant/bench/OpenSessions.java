package io.github.evergrant.bench;

import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/** Opens many sessions of one store, takes a token of each, and prints how many bytes of heap one of them holds. */
public final class OpenSessions {

    private OpenSessions() {}

    /** @param words the store's address, and how many sessions it has */
    public static void main(String[] words) {
        int many = Integer.parseInt(words[1]);
        try (Evergrant door = Evergrant.open(words[0])) {
            List<Session> open = new ArrayList<>(many);
            for (int i = 0; i < 100; i++) {
                open(door, i);
            }
            long before = used();
            for (int i = 0; i < many; i++) {
                open.add(open(door, i));
            }
            long after = used();
            Reference.reachabilityFence(open);
            System.out.println((after - before) / many);
        }
    }

    private static Session open(Evergrant door, int number) {
        Session session = door.session(String.format("session-%06d", number));
        session.token();
        return session;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
