package solve

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/smena-wfm/smena/roster"
)

// WriteMPS writes a problem as a mixed-integer program in free MPS, so that
// anybody's solver can check ours: a binary for each operator and shift, rules of
// rows as linear constraints, and the cover with its costs. The least cost is the
// soft score of the best roster in which at most one shift of an operator starts
// on a day. The error names all that a linear program of this size cannot say,
// breaks among it: it is exact, or there is none.
func WriteMPS(w io.Writer, p roster.Problem) error {
	var faults []error
	for what, there := range map[string]bool{
		"other rosters": len(p.Carried) > 0, "published shifts": len(p.Told) > 0, "notice": !p.Now.IsZero(), "pairs": len(p.Team.Pairs) > 0,
		"mixes": len(p.Team.Mixes) > 0, "fairness": p.Team.Fairness.Weight > 0,
	} {
		if there {
			faults = append(faults, fmt.Errorf("%s are not in the linear program: expected none", what))
		}
	}
	if p.Demand.Grid.N == 0 {
		faults = append(faults, errors.New("the horizon is empty: expected at least one interval"))
	}
	if len(faults) > 0 {
		return errors.Join(faults...)
	}
	m, err := compile(p, nil, 1)
	if err != nil {
		return err
	}
	if m.pauses {
		return errors.New("breaks are not in the linear program: expected shift templates without any")
	}
	l := &linear{model: m, name: p.Team.Name, payroll: roster.NewPayroll(p)}
	for i := range m.rows {
		if err := l.operator(i); err != nil {
			faults = append(faults, err)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	for i := range m.fields {
		l.cover(i)
	}
	return l.write(w)
}

// linear is the program under construction. Numbers are whole.
type linear struct {
	*model
	name    string
	payroll roster.Payroll
	rows    []constraint
	columns []column
	choose  [][]int // columns of each operator's options
}

// constraint is a row: E, L or G of the sum and the right side.
type constraint struct {
	sense byte
	right int64
}

// column is a variable from 0 up to most, with its cost and its place in rows.
type column struct {
	name  string
	about string
	cost  int64
	most  int64 // no limit if endless
	whole bool
	terms []term
}

type term struct {
	row    int
	factor int64
}

func (l *linear) row(sense byte, right int64) int {
	l.rows = append(l.rows, constraint{sense, right})
	return len(l.rows) - 1
}

// slack is a variable that is no choice, in one row.
func (l *linear) slack(row int, factor, cost, most int64) {
	l.columns = append(l.columns, column{name: fmt.Sprintf("s%d", len(l.columns)), cost: cost, most: most, terms: []term{{row, factor}}})
}

// add puts an option's column into a row.
func (l *linear) add(row, column int, factor int64) {
	if factor != 0 {
		l.columns[column].terms = append(l.columns[column].terms, term{row, factor})
	}
}

// write prints the program in free MPS; names are short and have no spaces, and
// what a column is stands in a comment.
func (l *linear) write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "* %s: least cost is the soft score of the best roster\nNAME smena\nROWS\n N cost\n", oneLine(l.name))
	for i, r := range l.rows {
		fmt.Fprintf(b, " %c r%d\n", r.sense, i)
	}
	fmt.Fprintln(b, "COLUMNS")
	for _, whole := range []bool{true, false} {
		if whole {
			fmt.Fprintln(b, " MARKER 'MARKER' 'INTORG'")
		}
		for _, c := range l.columns {
			if c.whole == whole {
				c.write(b)
			}
		}
		if whole {
			fmt.Fprintln(b, " MARKER 'MARKER' 'INTEND'")
		}
	}
	fmt.Fprintln(b, "RHS")
	for i, r := range l.rows {
		if r.right != 0 {
			fmt.Fprintf(b, " rhs r%d %d\n", i, r.right)
		}
	}
	fmt.Fprintln(b, "BOUNDS")
	for _, c := range l.columns {
		if c.most < math.MaxInt64 {
			fmt.Fprintf(b, " UP bound %s %d\n", c.name, c.most)
		}
	}
	fmt.Fprintln(b, "ENDATA")
	return b.Flush()
}

func (c *column) write(b *bufio.Writer) {
	if c.about != "" {
		fmt.Fprintf(b, "* %s: %s\n", c.name, oneLine(c.about))
	}
	fmt.Fprintf(b, " %s cost %d\n", c.name, c.cost)
	for _, t := range c.terms {
		fmt.Fprintf(b, " %s r%d %d\n", c.name, t.row, t.factor)
	}
}

// oneLine keeps a name from ending its comment.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
