package io.github.evergrant.provider;

import io.github.evergrant.oauth.ClientAuthentication;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How people come by a client of their own, at a provider that has none for everybody: what the page tells that asks them
 * for it.
 *
 * @param redirect what they register as the client's redirect address, on this machine, unless they register another one
 * @param authentication how such a client proves itself
 * @param steps what they do there, in order
 */
public record SetUp(URI redirect, ClientAuthentication authentication, List<Step> steps) {

    public SetUp {
        Objects.requireNonNull(redirect, "redirect");
        Objects.requireNonNull(authentication, "authentication");
        steps = List.copyOf(steps);
    }

    /**
     * One thing to do, in plain words, with at most one link in them.
     *
     * @param before the words in front of the link; all of them when there is none
     * @param link where to do it, or null
     * @param after the words behind the link; possibly empty
     */
    public record Step(String before, @Nullable Link link, String after) {

        public Step {
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
        }

        /** Without a link. */
        public Step(String words) {
            this(words, null, "");
        }
    }

    /** A page of the provider's, by what it is called. */
    public record Link(String words, URI address) {

        public Link {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(address, "address");
        }
    }
}
