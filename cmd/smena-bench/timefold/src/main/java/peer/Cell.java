package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;

/** One day of one employee: the shift worked, or null. */
@PlanningEntity
public class Cell {
    @PlanningId
    private int id;
    int employee;
    int day;

    @PlanningVariable(valueRangeProviderRefs = "shifts", allowsUnassigned = true)
    private Integer shift;

    public Cell() {}

    Cell(int id, int employee, int day) {
        this.id = id;
        this.employee = employee;
        this.day = day;
    }

    public Integer getShift() {
        return shift;
    }

    public void setShift(Integer shift) {
        this.shift = shift;
    }
}
