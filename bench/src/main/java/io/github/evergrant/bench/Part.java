package io.github.evergrant.bench;

/** Some of what is measured. */
@FunctionalInterface
interface Part {

    void run(Plan plan, Table table) throws Exception;
}
