package io.infraai.messaging.redis;

import java.lang.reflect.Type;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.reactive.messaging.MessageConverter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads the JSON of an entry as the type its consumer asks for. An entry that can't be read so is refused, as if its handler had failed. */
@ApplicationScoped
class JsonConverter implements MessageConverter {

    private final ObjectMapper json;

    JsonConverter(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean canConvert(Message<?> in, Type target) {
        return target != String.class
                && in.getPayload() instanceof String
                && in.getMetadata(IncomingStreamMetadata.class).isPresent();
    }

    @Override
    public Message<?> convert(Message<?> in, Type target) {
        try {
            return in.withPayload(json.<Object>readValue((String) in.getPayload(), json.constructType(target)));
        } catch (JsonProcessingException e) {
            // without the source text, which may be anybody's data
            throw new IllegalArgumentException(
                    "The entry is no " + target.getTypeName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
