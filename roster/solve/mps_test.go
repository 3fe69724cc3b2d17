package solve_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// mip is a mixed-integer program as its file says: free MPS.
type mip struct {
	sense, names []string // of rows, of columns
	row, column  map[string]int
	right        []int64
	factors      []map[int]int64 // per column, by row
	cost, most   []int64
	whole        []bool
}

const unbounded = 1 << 60

// readMPS reads free MPS, and refuses what is not.
func readMPS(t *testing.T, text string) *mip {
	t.Helper()
	m := &mip{row: map[string]int{}, column: map[string]int{}}
	section, whole := "", false
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		switch {
		case line[0] == '*':
		case line[0] != ' ':
			section = fields[0]
		case section == "ROWS" && fields[0] == "N":
			m.row[fields[1]] = -1
		case section == "ROWS":
			m.row[fields[1]] = len(m.sense)
			m.sense, m.right = append(m.sense, fields[0]), append(m.right, 0)
		case fields[1] == "'MARKER'":
			whole = fields[2] == "'INTORG'"
		case section == "COLUMNS":
			at, known := m.column[fields[0]]
			if !known {
				at = len(m.names)
				m.column[fields[0]] = at
				m.names, m.factors, m.cost = append(m.names, fields[0]), append(m.factors, map[int]int64{}), append(m.cost, 0)
				m.most, m.whole = append(m.most, unbounded), append(m.whole, whole)
			}
			r, named := m.row[fields[1]]
			n, err := strconv.ParseInt(fields[2], 10, 64)
			if !named || err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			if r < 0 {
				m.cost[at] = n
			} else {
				m.factors[at][r] = n
			}
		case section == "RHS":
			m.right[m.row[fields[1]]], _ = strconv.ParseInt(fields[2], 10, 64)
		case section == "BOUNDS" && fields[0] == "UP":
			m.most[m.column[fields[2]]], _ = strconv.ParseInt(fields[3], 10, 64)
		default:
			t.Fatalf("%q in %s", line, section)
		}
	}
	if section != "ENDATA" {
		t.Fatalf("it ends with %s", section)
	}
	return m
}

// least tries every choice of shifts, and returns the least cost.
func (m *mip) least() (least int64, found bool) {
	var shifts []int
	for c, name := range m.names {
		if name[0] == 'x' {
			shifts = append(shifts, c)
		}
	}
	tight := make([]bool, len(m.sense)) // rows that more shifts only make worse
	for r := range tight {
		tight[r] = m.sense[r] == "L" && !slices.ContainsFunc(m.factors, func(f map[int]int64) bool { return f[r] < 0 })
	}
	left := slices.Clone(m.right)
	var choose func(at int, cost int64)
	choose = func(at int, cost int64) {
		if at == len(shifts) {
			if more, ok := m.finish(slices.Clone(left)); ok && (!found || cost+more < least) {
				least, found = cost+more, true
			}
			return
		}
		choose(at+1, cost)
		c, fits := shifts[at], true
		for r, f := range m.factors[c] {
			left[r] -= f
			fits = fits && !(tight[r] && left[r] < 0)
		}
		if fits {
			choose(at+1, cost+m.cost[c])
		}
		for r, f := range m.factors[c] {
			left[r] += f
		}
	}
	choose(0, 0)
	return least, found
}

// finish sets all other variables in the best way once the shifts are chosen, and
// says whether all rows hold: free time where nothing is worked, weekends where
// somebody works, and slacks for what is missing, the cheapest first.
func (m *mip) finish(left []int64) (cost int64, ok bool) {
	order := make([]int, 0, len(m.names))
	for c := range m.names {
		if m.names[c][0] != 'x' {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(m.cost[a] - m.cost[b]) })
	for _, c := range order {
		value := int64(0)
		for r, f := range m.factors[c] {
			switch {
			case m.names[c][0] == 'w' && f < 0 && left[r] < 0:
				value = 1
			case m.names[c][0] == 's' && m.sense[r] != "L" && f > 0 && left[r] > 0,
				m.names[c][0] == 's' && m.sense[r] != "G" && f < 0 && left[r] < 0:
				value = max(value, min(m.most[c], left[r]/f))
			}
		}
		if m.names[c][0] == 'f' {
			value = 1
			for r := range m.factors[c] {
				if m.sense[r] == "L" && left[r] < 1 {
					value = 0
				}
			}
		}
		cost += value * m.cost[c]
		for r, f := range m.factors[c] {
			left[r] -= value * f
		}
	}
	for r, one := range left {
		if m.sense[r] != "L" && one > 0 || m.sense[r] != "G" && one < 0 {
			return 0, false
		}
	}
	return cost, true
}

// The file's best choice costs what the best roster does, which brute force
// finds under the judge's eye; Solve finds it too.
func TestMPS(t *testing.T) {
	t.Parallel()
	same, all := 0, 0
	agrees := func(seed uint64, p roster.Problem, best int64, possible bool) {
		var b bytes.Buffer
		if err := solve.WriteMPS(&b, p); err != nil {
			t.Fatal(err)
		}
		m := readMPS(t, b.String())
		least, found := m.least()
		if found != possible || found && least != best {
			t.Errorf("seed %d: the file's best is %d (%v), of %d rows and %d columns; brute force finds %d (%v)", seed, least, found, len(m.sense), len(m.names), best, possible)
		}
		result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 3000})
		if err == nil && result.Score.Soft < best || err == nil != possible {
			t.Errorf("seed %d: Solve finds %d, %v; the best is %d (%v)", seed, result.Score.Soft, err, best, possible)
		}
		if all++; result.Score.Soft == best || !possible {
			same++
		}
	}
	for seed := range uint64(24) {
		p := oneOperator(t, rand.New(rand.NewPCG(seed, 1)))
		p.Team.Rules = slices.DeleteFunc(p.Team.Rules, func(r roster.Rule) bool { return r.Per == roster.PerRun })
		most := int64(3)
		p.Team.Rules = append(p.Team.Rules, roster.Rule{Count: roster.CountShifts, Templates: []string{"night"}, Most: &most},
			roster.Rule{Count: roster.CountSequence, Sequence: []string{"night", "day"}, Most: new(int64)})
		best := roster.Judge(p, nil).Score
		try(p, p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span()), nil, &best)
		agrees(seed, p, best.Soft, true)
	}
	for seed := range uint64(16) {
		p := smallProblem(rand.New(rand.NewPCG(seed, 6)), 1)
		alone, best := p, int64(-1)
		alone.Team.Slots = nil
		for _, row := range candidates(alone, nil) {
			if cost := row.soft + slotCost(p, row); best < 0 || cost < best {
				best = cost
			}
		}
		agrees(seed, p, best, best >= 0)
	}
	if same < all {
		t.Errorf("of %d problems Solve finds the best of %d", all, same)
	}
}

// What the program cannot say is refused, and named.
func TestMPSRefuses(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*roster.Problem){
		"fairness":      func(p *roster.Problem) { p.Team.Fairness = roster.Fairness{Night: 1, Weight: 1} },
		"other rosters": func(p *roster.Problem) { p.Carried = []roster.Assignment{{Operator: 1}} },
		"counts minutes-off": func(p *roster.Problem) {
			p.Team.Rules = []roster.Rule{{Count: roster.CountMinutesOff, Least: new(int64)}}
		},
		"breaks are not in": func(p *roster.Problem) { p.Team.Templates[0].Breaks = []roster.Break{pause(30, 3, 5)} },
		"expected the dearest parts first": func(p *roster.Problem) {
			q := &p.Demand.Queues[0]
			q.Parts = []roster.Part{{Weight: 5, Operators: q.Required}, {Weight: 6, Operators: q.Required}}
		},
		"the horizon is empty": func(p *roster.Problem) { p.Demand.Grid = calendars.Grid{} },
	} {
		p := oneOperator(t, rand.New(rand.NewPCG(1, 1)))
		spoil(&p)
		if err := solve.WriteMPS(&bytes.Buffer{}, p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: expected %q", err, want)
		}
	}
}
