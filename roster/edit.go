package roster

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// What a manager can do to a draft.
const (
	Assign   = "assign"
	Unassign = "unassign"
	Move     = "move"
	Pin      = "pin"
	Unpin    = "unpin"
)

// Errors of edits, for errors.Is.
var (
	ErrPinned       = errors.New("the assignment is pinned: unpin it first")
	ErrNoAssignment = errors.New("no such assignment in the roster")
	ErrNoOperator   = errors.New("no such operator in the team")
	ErrNoTemplate   = errors.New("no such shift template in the team")
	ErrOutside      = errors.New("the shift would start outside the roster")
	ErrEdit         = errors.New("not an edit: expected assign, unassign, move, pin or unpin")
)

// Edit is one command of a manager to a draft.
type Edit struct {
	Kind       string        `json:"kind" enum:"assign,unassign,move,pin,unpin"`
	Assignment string        `json:"assignment,omitempty" doc:"Id of the assignment; of all kinds but assign."`
	Operator   ID            `json:"operator,omitempty" doc:"Whom to assign, or to move to; a move without it keeps the operator."`
	Template   string        `json:"shift_template,omitempty" doc:"Shift template to assign, or to move to; a move without it keeps the template."`
	Day        calendars.Day `json:"day,omitempty,omitzero" doc:"Day on which the shift starts, on the template's clock; a move without it keeps the day."`
}

// Apply returns the assignments after the edit, in the order of Sort; those
// given stay as they are. What is assigned or moved is pinned, so that the
// next solving keeps it. A move to another operator mints a new ID: for the
// first one the assignment ends. It judges nothing: Compare says what an edit
// breaks. Breaks that are placed move with their shift, unless its template has
// others or they no longer fit. Errors: ErrPinned for moving or unassigning a
// pinned assignment, ErrNoAssignment, ErrNoOperator, ErrNoTemplate, ErrOutside, ErrEdit.
func (e Edit) Apply(p Problem, assignments []Assignment, mint func() string) ([]Assignment, error) {
	after, err := e.applied(p, slices.Clone(assignments), mint)
	if err != nil {
		return nil, err
	}
	return sorted(after), nil
}

func (e Edit) applied(p Problem, after []Assignment, mint func() string) ([]Assignment, error) {
	if e.Kind == Assign {
		a, err := p.placed(e.Operator, e.Template, e.Day)
		if err != nil {
			return nil, fmt.Errorf("assign: %w", err)
		}
		a.ID = mint()
		return append(after, a), nil
	}
	if !slices.Contains([]string{Unassign, Move, Pin, Unpin}, e.Kind) {
		return nil, fmt.Errorf("%q: %w", e.Kind, ErrEdit)
	}
	i := slices.IndexFunc(after, func(a Assignment) bool { return a.ID == e.Assignment && a.ID != "" })
	if i < 0 && e.Assignment == "" {
		return nil, fmt.Errorf("%s: assignment: expected the id of one: %w", e.Kind, ErrNoAssignment)
	}
	if i < 0 {
		return nil, fmt.Errorf("%s assignment %q: %w", e.Kind, e.Assignment, ErrNoAssignment)
	}
	if after[i].Pinned && (e.Kind == Unassign || e.Kind == Move) {
		return nil, fmt.Errorf("%s assignment %q: %w", e.Kind, e.Assignment, ErrPinned)
	}
	switch e.Kind {
	case Unassign:
		return slices.Delete(after, i, i+1), nil
	case Move:
		moved, err := e.moved(p, after[i], mint)
		if err != nil {
			return nil, fmt.Errorf("move assignment %q: %w", e.Assignment, err)
		}
		after[i] = moved
	default:
		after[i].Pinned = e.Kind == Pin
	}
	return after, nil
}

// moved is the assignment after the edit that moves it.
func (e Edit) moved(p Problem, a Assignment, mint func() string) (Assignment, error) {
	day := e.Day
	if day == (calendars.Day{}) {
		day = p.dayOf(a)
	}
	moved, err := p.placed(cmp.Or(e.Operator, a.Operator), cmp.Or(e.Template, a.Template), day)
	if err != nil {
		return Assignment{}, err
	}
	moved.ID = a.ID
	was, _ := p.Team.Template(a.Template)
	if now, _ := p.Team.Template(moved.Template); slices.Equal(was.Breaks, now.Breaks) {
		moved.Breaks = a.movedTo(moved.Shift)
	}
	if moved.Operator != a.Operator {
		moved.ID = mint()
	}
	return moved, nil
}

// dayOf is the day on which the assignment starts, on its template's clock; on
// the team's if operator or template are gone.
func (p Problem) dayOf(a Assignment) calendars.Day {
	operator, known := p.Team.Operator(a.Operator)
	if template, ok := p.Team.Template(a.Template); known && ok {
		return calendars.DayOf(a.Shift.Start, template.zone(p.Team.Zone, operator))
	}
	return calendars.DayOf(a.Shift.Start, p.Team.Zone)
}

// placed is a pinned assignment of the operator to the template on the day.
func (p Problem) placed(operator ID, template string, day calendars.Day) (Assignment, error) {
	o, ok := p.Team.Operator(operator)
	if !ok && operator == 0 {
		return Assignment{}, fmt.Errorf("operator: expected the id of one: %w", ErrNoOperator)
	}
	if !ok {
		return Assignment{}, fmt.Errorf("operator %d: %w", operator, ErrNoOperator)
	}
	s, ok := p.Team.Template(template)
	if !ok {
		return Assignment{}, fmt.Errorf("shift_template %q: expected one of %s: %w", template, listed(p.Team.Templates, func(s Template) string { return s.Name }), ErrNoTemplate)
	}
	first, last := p.daysOf(s, o)
	if day == (calendars.Day{}) {
		return Assignment{}, fmt.Errorf("day: expected a date from %s to %s: %w", first, last, ErrOutside)
	}
	a := Assignment{Operator: operator, Template: template, Shift: s.Shift(day, s.zone(p.Team.Zone, o)), Pinned: true}
	if !p.Demand.Grid.Span().Contains(a.Shift.Start) || a.Shift.Minutes() <= 0 {
		return Assignment{}, fmt.Errorf("day %s, shift template %q: expected a date from %s to %s: %w", day, template, first, last, ErrOutside)
	}
	return a, nil
}

// daysOf are the first and the last day on which a shift of the template can start for
// the operator.
func (p Problem) daysOf(s Template, o Operator) (first, last calendars.Day) {
	horizon, zone := p.Demand.Grid.Span(), s.zone(p.Team.Zone, o)
	first, last = calendars.DayOf(horizon.Start, zone), calendars.DayOf(horizon.End.Add(-1), zone)
	if s.Shift(first, zone).Start.Before(horizon.Start) {
		first = first.Next()
	}
	if !s.Shift(last, zone).Start.Before(horizon.End) {
		last = last.AddDays(-1)
	}
	return first, last
}
