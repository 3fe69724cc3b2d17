"""OR-Tools CP-SAT on an instance of the employee shift scheduling benchmark.

usage: cpsat.py INSTANCE --seconds S --workers W --out ROSTER

The model has a boolean for each employee, day and shift type. Runs and rests
are forbidden windows, weekends are booleans, and cover is two slacks. Prints
the penalty that the solver claims and its bound.
"""

import argparse

from ortools.sat.python import cp_model


def read(path):
    sections, name = {}, None
    for line in open(path, encoding="utf-8-sig"):
        line = line.strip()
        if line.startswith("SECTION_"):
            name = line[8:]
            sections[name] = []
        elif line and not line.startswith("#"):
            sections[name].append([field.strip() for field in line.split(",")])
    return sections


def build(sections):
    m = cp_model.CpModel()
    days = int(sections["HORIZON"][0][0])
    shifts = {s[0]: int(s[1]) for s in sections["SHIFTS"]}
    after = {s[0]: [t for t in (s[2].split("|") if len(s) > 2 else []) if t] for s in sections["SHIFTS"]}
    x, works, cost = {}, {}, []
    off = {row[0]: {int(d) for d in row[1:]} for row in sections["DAYS_OFF"]}
    for name, caps, most, least, most_run, least_run, least_off, weekends in sections["STAFF"]:
        caps = {k: int(v) for k, v in (one.split("=") for one in caps.split("|") if one)}
        most_run, least_run, least_off = int(most_run), int(least_run), int(least_off)
        for d in range(days):
            for s in shifts:
                x[name, d, s] = m.new_bool_var("")
            works[name, d] = m.new_bool_var("")
            m.add(sum(x[name, d, s] for s in shifts) == works[name, d])
            if d in off.get(name, ()):
                m.add(works[name, d] == 0)
        for s in shifts:
            m.add(sum(x[name, d, s] for d in range(days)) <= caps.get(s, days))
            for t in after[s]:
                for d in range(days - 1):
                    m.add_bool_or(~x[name, d, s], ~x[name, d + 1, t])
        minutes = sum(shifts[s] * x[name, d, s] for d in range(days) for s in shifts)
        m.add_linear_constraint(minutes, int(least), int(most))
        w = [works[name, d] for d in range(days)]
        for d in range(days - most_run):
            m.add_bool_or([~v for v in w[d : d + most_run + 1]])
        for run in range(1, least_run):
            for d in range(days - run - 1):
                m.add_bool_or([w[d], w[d + run + 1]] + [~v for v in w[d + 1 : d + run + 1]])
        for run in range(1, least_off):
            for d in range(days - run - 1):
                m.add_bool_or([~w[d], ~w[d + run + 1]] + w[d + 1 : d + run + 1])
        worked = []
        for saturday in range(5, days, 7):
            v = m.new_bool_var("")
            for d in (saturday, saturday + 1):
                if d < days:
                    m.add_implication(w[d], v)
            worked.append(v)
        m.add(sum(worked) <= int(weekends))
    for name, day, s, weight in sections["SHIFT_ON_REQUESTS"]:
        cost.append(int(weight) * (1 - x[name, int(day), s]))
    for name, day, s, weight in sections["SHIFT_OFF_REQUESTS"]:
        cost.append(int(weight) * x[name, int(day), s])
    staff = [row[0] for row in sections["STAFF"]]
    for day, s, heads, missing, surplus in sections["COVER"]:
        under, over = m.new_int_var(0, int(heads), ""), m.new_int_var(0, len(staff), "")
        m.add(sum(x[name, int(day), s] for name in staff) + under - over == int(heads))
        cost += [int(missing) * under, int(surplus) * over]
    m.minimize(sum(cost))
    return m, x, staff, days, list(shifts)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("instance")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--out")
    a = arguments.parse_args()
    m, x, staff, days, shifts = build(read(a.instance))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = a.seconds
    solver.parameters.num_workers = a.workers
    status = solver.solve(m)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        print("none", round(solver.best_objective_bound))
        return
    print(round(solver.objective_value), round(solver.best_objective_bound))
    if a.out:
        with open(a.out, "w", encoding="utf-8") as f:
            for name in staff:
                cells = [next((s for s in shifts if solver.value(x[name, d, s])), "") for d in range(days)]
                f.write(f"{name}\t{','.join(cells)}\n")


if __name__ == "__main__":
    main()
