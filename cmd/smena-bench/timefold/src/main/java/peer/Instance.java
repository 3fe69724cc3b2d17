package peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An instance of the employee shift scheduling benchmark, laid out in arrays. */
final class Instance {
    int days;
    final List<String> shifts = new ArrayList<>();
    final List<String> staff = new ArrayList<>();
    int[] minutes;
    boolean[][] follows; // [before][after]
    int[][] caps; // per employee and shift
    int[][] rule; // per employee: most and least minutes, most and least run, least off, weekends
    boolean[][] off; // per employee and day
    int[][][] on; // cost of not working a shift, per employee, day and shift
    int[][][] not; // cost of working it
    int[][] heads; // per day and shift
    int[][] missing;
    int[][] surplus;

    static Instance read(Path path) throws IOException {
        Map<String, List<String[]>> sections = new HashMap<>();
        List<String[]> now = null;
        for (String line : Files.readAllLines(path)) {
            line = line.replace("\uFEFF", "").strip();
            if (line.startsWith("SECTION_")) {
                sections.put(line.substring(8), now = new ArrayList<>());
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                now.add(line.split(",", -1));
            }
        }
        Instance i = new Instance();
        i.days = Integer.parseInt(sections.get("HORIZON").get(0)[0]);
        i.readShifts(sections.get("SHIFTS"));
        i.readStaff(sections);
        i.readWishes(sections.get("SHIFT_ON_REQUESTS"), i.on);
        i.readWishes(sections.get("SHIFT_OFF_REQUESTS"), i.not);
        for (String[] row : sections.get("COVER")) {
            int d = Integer.parseInt(row[0]), s = i.shifts.indexOf(row[1]);
            i.heads[d][s] = Integer.parseInt(row[2]);
            i.missing[d][s] = Integer.parseInt(row[3]);
            i.surplus[d][s] = Integer.parseInt(row[4]);
        }
        return i;
    }

    private void readShifts(List<String[]> rows) {
        for (String[] row : rows) {
            shifts.add(row[0]);
        }
        int n = shifts.size();
        minutes = new int[n];
        follows = new boolean[n][n];
        for (int s = 0; s < n; s++) {
            String[] row = rows.get(s);
            minutes[s] = Integer.parseInt(row[1]);
            List<String> not = row.length > 2 ? List.of(row[2].split("\\|")) : List.of();
            for (int t = 0; t < n; t++) {
                follows[s][t] = !not.contains(shifts.get(t));
            }
        }
        heads = new int[days][n];
        missing = new int[days][n];
        surplus = new int[days][n];
    }

    private void readStaff(Map<String, List<String[]>> sections) {
        List<String[]> rows = sections.get("STAFF");
        int n = rows.size();
        caps = new int[n][shifts.size()];
        rule = new int[n][6];
        off = new boolean[n][days];
        on = new int[n][days][shifts.size()];
        not = new int[n][days][shifts.size()];
        for (int e = 0; e < n; e++) {
            String[] row = rows.get(e);
            staff.add(row[0]);
            for (String one : row[1].split("\\|")) {
                String[] cap = one.split("=");
                caps[e][shifts.indexOf(cap[0])] = Integer.parseInt(cap[1]);
            }
            for (int k = 0; k < 6; k++) {
                rule[e][k] = Integer.parseInt(row[k + 2]);
            }
        }
        for (String[] row : sections.get("DAYS_OFF")) {
            for (int k = 1; k < row.length; k++) {
                off[staff.indexOf(row[0])][Integer.parseInt(row[k])] = true;
            }
        }
    }

    private void readWishes(List<String[]> rows, int[][][] cost) {
        for (String[] row : rows) {
            cost[staff.indexOf(row[0])][Integer.parseInt(row[1])][shifts.indexOf(row[2])] += Integer.parseInt(row[3]);
        }
    }
}
