package io.infraai.gateway.chat;

import java.time.Clock;
import java.util.Optional;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

import io.infraai.gateway.security.Bearer;
import io.infraai.gateway.security.KeyWatch;
import io.infraai.persistence.conversation.Conversations;

/**
 * Conversations over a WebSocket. Each has its own order and its own bounds, so frames are taken as they come instead of being
 * queued by the library without a bound.
 */
@WebSocket(path = ChatSocket.PATH, inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class ChatSocket {

    static final String PATH = "/api/chat/ws";

    static final TypedKey<Bearer> BEARER = new TypedKey<>("bearer");
    static final TypedKey<SocketWish> WISH = new TypedKey<>("wish");

    private static final TypedKey<SocketConversation> CONVERSATION = new TypedKey<>("conversation");
    private static final Logger LOG = Logger.getLogger(ChatSocket.class);

    private final ChatDesk desk;
    private final TurnMailboxes mailboxes;
    private final Conversations conversations;
    private final OpenStreams places;
    private final KeyWatch keys;
    private final ChatConfig config;
    private final Clock clock;

    ChatSocket(
            ChatDesk desk,
            TurnMailboxes mailboxes,
            Conversations conversations,
            OpenStreams places,
            KeyWatch keys,
            ChatConfig config,
            Clock clock) {
        this.desk = desk;
        this.mailboxes = mailboxes;
        this.conversations = conversations;
        this.places = places;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    @OnOpen
    Uni<Void> opened(WebSocketConnection connection) {
        var bearer = connection.userData().get(BEARER);
        var place = places.enter(bearer.actor());
        if (place.isEmpty()) {
            return connection.close(new CloseReason(SocketConversation.POLICY, "too many open"));
        }
        var speaker = new ChatSpeaker(bearer, desk, mailboxes, conversations, keys);
        var conversation = new SocketConversation(connection, speaker, config.idle(), clock);
        conversation.whenClosed(place.get());
        conversation.whenClosed(keys.watch(bearer, conversation::revoked));
        connection.userData().put(CONVERSATION, conversation);
        conversation.begin(connection.userData().get(WISH));
        return Uni.createFrom().voidItem();
    }

    @OnTextMessage
    Uni<Void> said(String text, WebSocketConnection connection) {
        conversation(connection).ifPresent(conversation -> conversation.said(text));
        return Uni.createFrom().voidItem();
    }

    @OnBinaryMessage
    Uni<Void> said(Buffer bytes, WebSocketConnection connection) {
        conversation(connection).ifPresent(conversation -> conversation.said(""));
        return Uni.createFrom().voidItem();
    }

    @OnClose
    Uni<Void> closed(WebSocketConnection connection) {
        conversation(connection).ifPresent(SocketConversation::closed);
        return Uni.createFrom().voidItem();
    }

    /** The library tells of a frame that is too large, and leaves the connection open. */
    @OnError
    Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
        LOG.debugf("A WebSocket failed: %s", failure.getMessage());
        conversation(connection).ifPresent(conversation -> conversation.broken(code(failure)));
        return Uni.createFrom().voidItem();
    }

    private static int code(Throwable failure) {
        return switch (failure) {
            case CorruptedWebSocketFrameException corrupted ->
                corrupted.closeStatus().code();
            case IllegalStateException _ -> WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
            default -> WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code();
        };
    }

    private static Optional<SocketConversation> conversation(WebSocketConnection connection) {
        return Optional.ofNullable(connection.userData().get(CONVERSATION));
    }
}
