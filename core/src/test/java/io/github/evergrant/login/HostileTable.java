package io.github.evergrant.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What strangers sent to a listener and what became of it, for people: in the build's output and in a file of its folder. */
final class HostileTable {

    private static final int MOST = 100;
    private static final String FORMAT = "%4s  %-7s %-50s %-9s %-7s %s%n";

    private final List<Row> rows = new ArrayList<>();
    private final String name;

    /** @param name of the file: {@code hostile-callbacks} */
    HostileTable(String name) {
        this.name = name;
    }

    /** One attempt; that it was held off is known at its end. */
    static final class Row {

        private final Hostility.Case hostile;
        private final Hostility.Target target;
        private String sent = "";
        private String answer = "";
        private String verdict = "FAILED";

        private Row(Hostility.Case hostile, Hostility.Target target) {
            this.hostile = hostile;
            this.target = target;
        }

        void answered(List<String> all, int status) {
            String more = all.size() == 1 ? "" : "  (" + all.size() + " of the like)";
            sent = shown(all.get(0), target, hostile.group().equals("host")) + more;
            answer = status == Hostility.NOTHING ? "no reply" : Integer.toString(status);
        }

        /** Nothing was changed, ended or told, and the real answer that came next was taken. */
        void held() {
            verdict = "held";
        }
    }

    Row row(Hostility.Case hostile, Hostility.Target target) {
        Row row = new Row(hostile, target);
        rows.add(row);
        return row;
    }

    /** @param expected how many attempts there ought to be */
    void print(int expected) throws IOException {
        StringBuilder table =
                new StringBuilder(String.format(FORMAT, "#", "group", "case", "answer", "verdict", "sent"));
        for (Row row : rows) {
            Hostility.Case hostile = row.hostile;
            table.append(String.format(
                    FORMAT, rows.indexOf(row) + 1, hostile.group(), hostile.name(), row.answer, row.verdict, row.sent));
        }
        Path file = Files.writeString(
                Path.of(System.getProperty("project.build.directory", "target"), name + ".txt"), table);
        long held = rows.stream().filter(row -> row.verdict.equals("held")).count();
        System.out.print(table);
        System.out.println("HOSTILE " + held + " of " + expected + " callbacks changed, ended and leaked nothing: "
                + Path.of("..").toRealPath().relativize(file.toRealPath()));
    }

    /** On one line, without what differs from login to login or is as it should be, and not all of what is long. */
    private static String shown(String bytes, Hostility.Target it, boolean ofHosts) {
        String usual = "Host: " + it.host() + "\r\n";
        String text = (ofHosts ? bytes : bytes.replace(usual, ""))
                .replace(it.state(), "<state>")
                .replace(it.formerState(), "<former>")
                .replace(it.path(), "<path>")
                .replace(it.entrance().isEmpty() ? "<form>" : it.entrance(), "<form>")
                .replace(it.token().isEmpty() ? "<token>" : it.token(), "<token>")
                .replace(it.host(), "<host>")
                .replace(":" + it.port(), ":<port>")
                .replace(" HTTP/1.1\r\n", "\r\n")
                .strip()
                .replace("\r\n", " / ");
        StringBuilder plain = new StringBuilder();
        text.chars().limit(MOST).forEach(c -> plain.append(c < ' ' || c > '~' ? "." : Character.toString(c)));
        String shown = text.length() > MOST ? plain + "... (" + bytes.length() + " bytes)" : plain.toString();
        return shown.isEmpty() ? "(nothing)" : shown;
    }
}
