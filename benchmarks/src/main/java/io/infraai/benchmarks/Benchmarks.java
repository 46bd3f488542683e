package io.infraai.benchmarks;

import java.util.List;

import io.infraai.benchmarks.agent.AgentBench;
import io.infraai.benchmarks.drain.DrainBench;
import io.infraai.benchmarks.loop.IntakeBench;
import io.infraai.benchmarks.loop.LoopBench;
import io.infraai.benchmarks.match.MatchBench;
import io.infraai.benchmarks.start.StartBench;

/** Runs the benchmarks that are named, or all but that of the start, which wants the images' content. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) {
        var names = arguments.length == 0 ? List.of("match", "intake", "loop", "agent", "drain") : List.of(arguments);
        for (var name : names) {
            switch (name) {
                case "match" -> MatchBench.run();
                case "intake" -> IntakeBench.run();
                case "loop" -> LoopBench.run();
                case "agent" -> AgentBench.run();
                case "drain" -> DrainBench.run();
                case "start" -> StartBench.run();
                default -> {
                    System.err.println("No benchmark is called '" + name
                            + "'; there are match, intake, loop, agent, drain and start");
                    System.exit(2);
                }
            }
        }
    }
}
