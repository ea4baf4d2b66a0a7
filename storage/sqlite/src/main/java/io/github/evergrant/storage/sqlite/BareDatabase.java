package io.github.evergrant.storage.sqlite;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.core.Codes;
import org.sqlite.core.NativeDB;
import org.sqlite.core.SafeStmtPtr;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * A database that is read by the driver's native half alone. To load the other half takes longer than all the rest of a glance,
 * most of it for the forms of dates, of which there are none here; but to open, to prepare and to bind, the native half has no
 * public methods. Where they cannot be called all the same, nothing is read.
 *
 * <p>Opened for reading only, and waits for nobody. It must be closed; for one thread.
 */
final class BareDatabase implements AutoCloseable {

    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String UTF_8 = "UTF-8";

    /** {@code SQLITE_OPEN_READONLY}: no database is made, and no transaction of a program that died is undone. */
    private static final int READ_ONLY = 1;

    private final NativeDB driver;

    private BareDatabase(NativeDB driver) {
        this.driver = driver;
    }

    /**
     * Opens a file by its absolute path.
     *
     * @throws IOException when it cannot be opened, or the library not be loaded
     */
    static BareDatabase open(Path file) throws IOException {
        String path = file.toString();
        if (!isSame(path)) {
            throw new IOException("the system has another name for it");
        }
        try {
            load();
            NativeDB driver = new NativeDB(path, path, null);
            method("_open_utf8", byte[].class, int.class).invoke(driver, utf8(path), READ_ONLY);
            return new BareDatabase(driver);
        } catch (Exception | LinkageError e) {
            throw new IOException("it cannot be opened", e);
        }
    }

    /** From where the program unpacked it, if it did: there the driver, too, would look first. */
    private static void load() throws Exception {
        String folder = System.getProperty(FOLDER);
        if (folder == null) {
            NativeDB.load();
        } else {
            System.load(Path.of(folder, LibraryLoaderUtil.getNativeLibName())
                    .toAbsolutePath()
                    .toString());
        }
    }

    /** Whether the system, too, has UTF-8 for a path. */
    private static boolean isSame(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) > '~') {
                return UTF_8.equals(System.getProperty("sun.jnu.encoding"));
            }
        }
        return true;
    }

    /**
     * Runs a statement.
     *
     * @param most how many rows are looked at
     * @param values what stands in the places of its question marks
     * @return rows of texts
     * @throws IOException when it cannot be run now, or something in them is no text
     */
    List<String[]> rows(int most, String sql, String... values) throws IOException {
        try {
            long statement = (Long) method("prepare_utf8", byte[].class).invoke(driver, utf8(sql));
            try {
                for (int i = 0; i < values.length; i++) {
                    require(Codes.SQLITE_OK, (Integer) method("bind_text_utf8", long.class, int.class, byte[].class)
                            .invoke(driver, statement, i + 1, utf8(values[i])));
                }
                return rows(most, statement);
            } finally {
                driver.finalize(new SafeStmtPtr(driver, statement), statement);
            }
        } catch (ReflectiveOperationException | SQLException e) {
            throw new IOException("it cannot be read", e);
        }
    }

    private List<String[]> rows(int most, long statement) throws IOException, SQLException {
        List<String[]> rows = new ArrayList<>();
        int code = driver.step(statement);
        while (code == Codes.SQLITE_ROW && rows.size() < most) {
            rows.add(row(statement));
            code = driver.step(statement);
        }
        if (code != Codes.SQLITE_ROW) {
            require(Codes.SQLITE_DONE, code);
        }
        return rows;
    }

    private String[] row(long statement) throws IOException, SQLException {
        String[] row = new String[driver.column_count(statement)];
        for (int i = 0; i < row.length; i++) {
            require(Codes.SQLITE_TEXT, driver.column_type(statement, i));
            row[i] = driver.column_text(statement, i);
        }
        return row;
    }

    private static void require(int expected, int code) throws IOException {
        if (code != expected) {
            throw new IOException("it is not plain: " + code);
        }
    }

    private static Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = NativeDB.class.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try {
            driver.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
