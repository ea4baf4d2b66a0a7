package io.github.evergrant.providers.agave;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.HostileJson;
import java.io.StringReader;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Why a tenant's gateway refused a request, which then never reached a service (docs/protocols/agave.md section 3.10).
 *
 * @param code the gateway's number, as text; empty when it gives none
 * @param message its words, not cleaned; possibly empty
 */
public record AgaveFault(String code, String message) {

    /** Invalid, expired, inactive: another token may do. */
    private static final Set<String> OF_THE_TOKEN = Set.of("900901", "900903", "900904");

    private static final int LONGEST = 100_000;

    public AgaveFault {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** The fault in a reply of an old gateway, in XML, or of a newer one, in JSON; nothing when there is none. */
    public static Optional<AgaveFault> in(HttpReply reply) {
        if (reply.status() < 400 || reply.body().length > LONGEST) {
            return Optional.empty();
        }
        String text = reply.text().strip();
        return text.startsWith("<") ? xml(text) : json(text);
    }

    /** Whether a renewed token may help. */
    public boolean isOfToken() {
        return OF_THE_TOKEN.contains(code) || message.contains("Invalid Credentials");
    }

    private static Optional<AgaveFault> json(String text) {
        try {
            Object found = HostileJson.read(text).object().get("fault");
            if (!(found instanceof Map<?, ?>)) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> fault = HostileJson.asObject(found);
            String message = HostileJson.asText(fault.get("message"));
            return Optional.of(new AgaveFault(
                    Objects.requireNonNullElse(fault.get("code"), "").toString(),
                    Objects.requireNonNullElse(message, "")));
        } catch (HostileJson.Malformed e) {
            return Optional.empty();
        }
    }

    /** The first child of the root is the code, the second the message, whatever they are called. */
    private static Optional<AgaveFault> xml(String text) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                reader.nextTag();
                String code = child(reader);
                return Optional.of(new AgaveFault(code.strip(), child(reader)));
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            // HTML, most often.
            return Optional.empty();
        }
    }

    private static String child(XMLStreamReader reader) throws XMLStreamException {
        return reader.nextTag() == XMLStreamConstants.START_ELEMENT ? reader.getElementText() : "";
    }
}
