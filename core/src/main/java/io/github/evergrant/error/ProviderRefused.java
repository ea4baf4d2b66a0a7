package io.github.evergrant.error;

/** The provider said no, and saying the same again will not change its mind. The session is kept. */
public final class ProviderRefused extends EvergrantException {

    public ProviderRefused(Problem problem) {
        super(problem);
    }
}
