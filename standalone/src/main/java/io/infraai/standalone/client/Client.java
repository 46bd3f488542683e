package io.infraai.standalone.client;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

import org.jspecify.annotations.Nullable;

/** The command line over the REST API. Ends with 0, with 1 when InfraAI refuses or can't be reached, with 2 for what is no command. */
public final class Client {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Client() {}

    public static void main(String... arguments) throws InterruptedException {
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Runs one command; what it answers is what the process would end with. */
    public static int run(PrintStream out, PrintStream err, String... arguments) throws InterruptedException {
        try {
            run(Words.of(arguments), out);
            return 0;
        } catch (Misused e) {
            return failed(err, e.getMessage(), MISUSED);
        } catch (Refused e) {
            return failed(err, e.getMessage(), FAILED);
        } catch (NoSuchFileException e) {
            return failed(err, "no key in " + e.getFile() + ". Is it running? Start it with ./infraai up", FAILED);
        } catch (ConnectException _) {
            return failed(err, "nothing answers there. Start it with ./infraai up, or say --port or --url", FAILED);
        } catch (HttpTimeoutException _) {
            return failed(err, "no answer came in time", FAILED);
        } catch (IOException e) {
            return failed(err, "the connection broke: " + e.getMessage(), FAILED);
        }
    }

    private static void run(Words words, PrintStream out) throws IOException, InterruptedException, Refused, Misused {
        var noun = words.next("policies, templates, tasks, approvals or audit");
        var verb = words.next("what to do with " + noun);
        var connection = new Connection(words.base(), words.keyFile());
        var screen = new Screen(out, words.json());
        switch (noun) {
            case "policies" -> new PolicyCommands(connection, screen).policies(verb, words);
            case "templates" -> new PolicyCommands(connection, screen).templates(verb, words);
            case "tasks" -> new TaskCommands(connection, screen).tasks(verb, words);
            case "approvals" -> new TaskCommands(connection, screen).approvals(verb, words);
            case "audit" -> new AuditCommands(connection, screen).audit(verb, words);
            default -> throw new Misused("'" + noun + "' is none of policies, templates, tasks, approvals and audit");
        }
    }

    private static int failed(PrintStream err, @Nullable String message, int code) {
        err.println("infraai: " + Screen.plain(String.valueOf(message)));
        return code;
    }
}
