package peer;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The roster under way. Days that an employee is off have no cell. */
@PlanningSolution
public class Plan {
    @ProblemFactProperty
    private Instance instance;

    @PlanningEntityCollectionProperty
    private List<Cell> cells;

    @PlanningScore
    private HardSoftLongScore score;

    public Plan() {}

    Plan(Instance instance) {
        this.instance = instance;
        cells = new ArrayList<>();
        for (int e = 0; e < instance.staff.size(); e++) {
            for (int d = 0; d < instance.days; d++) {
                if (!instance.off[e][d]) {
                    cells.add(new Cell(cells.size(), e, d));
                }
            }
        }
    }

    @ValueRangeProvider(id = "shifts")
    public List<Integer> shifts() {
        return IntStream.range(0, instance.shifts.size()).boxed().toList();
    }

    Instance instance() {
        return instance;
    }

    List<Cell> cells() {
        return cells;
    }

    HardSoftLongScore score() {
        return score;
    }
}
