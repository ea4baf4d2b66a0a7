package io.github.evergrant.bench;

/** The least that a program in Java does: the floor of every process. */
public final class Hello {

    private Hello() {}

    public static void main(String[] words) {
        System.out.println("hello");
    }
}
