package peer;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Solves an instance and prints the penalty: INSTANCE SECONDS [ROSTER]. */
public final class Main {
    public static void main(String[] args) throws Exception {
        Instance instance = Instance.read(Path.of(args[0]));
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Cell.class)
                .withScoreDirectorFactory(new ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Score.class))
                .withTerminationSpentLimit(Duration.ofMillis((long) (1000 * Double.parseDouble(args[1]))));
        Plan best = SolverFactory.<Plan>create(config).buildSolver().solve(new Plan(instance));
        System.out.println(best.score().hardScore() < 0 ? "none" : String.valueOf(-best.score().softScore()));
        if (args.length > 2) {
            Files.writeString(Path.of(args[2]), format(best));
        }
    }

    /** A line for each employee, as the checkers of these instances read it. */
    private static String format(Plan plan) {
        Instance p = plan.instance();
        String[][] cells = new String[p.staff.size()][p.days];
        for (Cell c : plan.cells()) {
            cells[c.employee][c.day] = c.getShift() == null ? "" : p.shifts.get(c.getShift());
        }
        StringBuilder text = new StringBuilder();
        for (int e = 0; e < cells.length; e++) {
            text.append(p.staff.get(e)).append('\t');
            for (int d = 0; d < p.days; d++) {
                text.append(d > 0 ? "," : "").append(cells[e][d] == null ? "" : cells[e][d]);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
