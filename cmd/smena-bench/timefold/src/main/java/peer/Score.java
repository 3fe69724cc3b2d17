package peer;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import java.util.Arrays;

/** Scores a roster: an employee's row anew when a cell of it changes, the cover by what changes. */
public class Score implements IncrementalScoreCalculator<Plan, HardSoftLongScore> {
    private Instance p;
    private int[][] worked; // per employee and day the shift, or -1
    private int[][] cover; // per day and shift
    private long[] broken; // per employee
    private long hard;
    private long soft;

    @Override
    public void resetWorkingSolution(Plan plan) {
        p = plan.instance();
        worked = new int[p.staff.size()][p.days];
        for (int[] row : worked) {
            Arrays.fill(row, -1);
        }
        cover = new int[p.days][p.shifts.size()];
        broken = new long[worked.length];
        hard = 0;
        soft = 0;
        for (int d = 0; d < p.days; d++) {
            for (int s = 0; s < p.shifts.size(); s++) {
                soft += lacks(d, s);
                for (int[][] on : p.on) {
                    soft += on[d][s];
                }
            }
        }
        for (Cell c : plan.cells()) {
            if (c.getShift() != null) {
                put(c.employee, c.day, c.getShift());
            }
        }
        for (int e = 0; e < worked.length; e++) {
            broken[e] = row(e);
            hard += broken[e];
        }
    }

    private long lacks(int d, int s) {
        int over = cover[d][s] - p.heads[d][s];
        return over > 0 ? (long) over * p.surplus[d][s] : (long) -over * p.missing[d][s];
    }

    private void put(int e, int d, int shift) {
        int old = worked[e][d];
        if (old >= 0) {
            soft += p.on[e][d][old] - p.not[e][d][old] - lacks(d, old);
            cover[d][old]--;
            soft += lacks(d, old);
        }
        worked[e][d] = shift;
        if (shift >= 0) {
            soft += p.not[e][d][shift] - p.on[e][d][shift] - lacks(d, shift);
            cover[d][shift]++;
            soft += lacks(d, shift);
        }
    }

    /** By how much the row of an employee breaks the rules. */
    private long row(int e) {
        int[] days = worked[e], rule = p.rule[e], used = new int[p.shifts.size()];
        int minutes = 0, weekends = 0, run = 0;
        long wrong = 0;
        for (int d = 0; d <= days.length; d++) {
            boolean works = d < days.length && days[d] >= 0;
            boolean worksBefore = d > 0 && days[d - 1] >= 0;
            if (d > 0 && (d == days.length || works != worksBefore)) {
                boolean inner = d < days.length && run < d;
                if (worksBefore) {
                    wrong += Math.max(0, run - rule[2]) + (inner ? Math.max(0, rule[3] - run) : 0);
                } else if (inner) {
                    wrong += Math.max(0, rule[4] - run);
                }
                run = 0;
            }
            if (d == days.length) {
                break;
            }
            run++;
            if (works) {
                minutes += p.minutes[days[d]];
                used[days[d]]++;
                if (worksBefore && !p.follows[days[d - 1]][days[d]]) {
                    wrong++;
                }
                if (d % 7 == 5 || d % 7 == 6 && !worksBefore) {
                    weekends++;
                }
            }
        }
        for (int s = 0; s < used.length; s++) {
            wrong += Math.max(0, used[s] - p.caps[e][s]);
        }
        int shortest = Math.max(1, Arrays.stream(p.minutes).min().orElse(1));
        wrong += (Math.max(0, minutes - rule[0]) + Math.max(0, rule[1] - minutes) + shortest - 1) / shortest;
        return wrong + Math.max(0, weekends - rule[5]);
    }

    @Override
    public void beforeEntityAdded(Object entity) {}

    @Override
    public void afterEntityAdded(Object entity) {}

    @Override
    public void beforeVariableChanged(Object entity, String variable) {}

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        Cell c = (Cell) entity;
        put(c.employee, c.day, c.getShift() == null ? -1 : c.getShift());
        hard -= broken[c.employee];
        broken[c.employee] = row(c.employee);
        hard += broken[c.employee];
    }

    @Override
    public void beforeEntityRemoved(Object entity) {}

    @Override
    public void afterEntityRemoved(Object entity) {}

    @Override
    public HardSoftLongScore calculateScore() {
        return HardSoftLongScore.of(-hard, -soft);
    }
}
