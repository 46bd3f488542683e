package io.infraai.standalone.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.infraai.standalone.chat.ChatConnection.Refused;

/** A conversation in a terminal: what the answer is made of is shown as it happens, approvals are asked for, Ctrl-C stops the turn. */
public final class Chat {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final ChatOptions options;
    private final ChatConnection connection;
    private final BufferedReader keyboard;
    private final PrintStream out;
    private final Screen screen;
    private final String session;
    private volatile boolean running;

    Chat(ChatOptions options, BufferedReader keyboard, PrintStream out) {
        this.options = options;
        this.connection = new ChatConnection(options);
        this.keyboard = keyboard;
        this.out = out;
        this.screen = new Screen(out);
        this.session = options.session().orElseGet(() -> "cli-" + UUID.randomUUID());
    }

    public static void main(String... arguments) throws InterruptedException {
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try {
            var keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var chat = new Chat(ChatOptions.of(arguments), keyboard, out);
            Runtime.getRuntime().addShutdownHook(new Thread(chat::stop, "stop-turn"));
            System.exit(chat.run() ? 0 : FAILED);
        } catch (IllegalArgumentException e) {
            die(String.valueOf(e.getMessage()), MISUSED);
        } catch (NoSuchFileException e) {
            die("no key in " + e.getFile() + ". Is it running? Start it with ./infraai up", FAILED);
        } catch (ConnectException _) {
            die("nothing answers there. Start it with ./infraai up, or say --port", FAILED);
        } catch (IOException e) {
            die("the connection broke: " + e.getMessage(), FAILED);
        }
    }

    private static void die(String message, int code) {
        System.err.println("infraai: " + message);
        System.exit(code);
    }

    /** True when the last question was answered. */
    boolean run() throws IOException, InterruptedException {
        if (options.message().isPresent()) {
            return answered(options.message().get());
        }
        var answered = true;
        for (var line = ask("> "); line != null && !line.strip().equals("exit"); line = ask("> ")) {
            if (!line.isBlank()) {
                answered = answered(line);
            }
        }
        return answered;
    }

    private @Nullable String ask(String prompt) throws IOException {
        screen.prompt(prompt);
        return keyboard.readLine();
    }

    private boolean answered(String message) throws IOException, InterruptedException {
        var last = "";
        running = true;
        try (var frames = connection.ask(session, message)) {
            for (var frame : (Iterable<JsonNode>) frames::iterator) {
                show(frame);
                last = frame.path("type").asText();
            }
        } catch (Refused e) {
            System.err.println("infraai: " + Screen.plain(String.valueOf(e.getMessage())));
        } finally {
            running = false;
        }
        if (!last.isEmpty() && !last.equals("done") && !last.equals("error")) {
            System.err.println(
                    "infraai: the connection ended before the answer did; what comes of it is in /api/chat/" + session);
        }
        return last.equals("done");
    }

    private void show(JsonNode frame) throws IOException, InterruptedException {
        if (options.raw()) {
            out.println(frame);
            out.flush();
            return;
        }
        screen.show(frame);
        if (frame.path("type").asText().equals("approval_required")) {
            decide(frame.path("approval").path("id").asText());
        }
    }

    private void decide(String approval) throws IOException, InterruptedException {
        var answer = approval.isEmpty() ? null : ask("  Approve it? [y/n] ");
        var verb = switch (answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> "approve";
            case "n", "no" -> "reject";
            default -> "";
        };
        if (verb.isEmpty()) {
            screen.say("  left to be decided: see /api/approvals");
            return;
        }
        try {
            connection.post("/api/approvals/" + approval + "/" + verb);
        } catch (Refused e) {
            screen.say("  " + e.getMessage());
        }
    }

    /** Runs when the process ends, and so at Ctrl-C. */
    private void stop() {
        if (!running) {
            return;
        }
        try {
            connection.cancel(session);
            System.err.println("\ninfraai: the turn is cancelled");
        } catch (Refused | IOException e) {
            System.err.println("\ninfraai: the turn could not be cancelled: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
