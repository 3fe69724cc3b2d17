package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Impossible returns the intervals of queues that no roster can cover: even if
// everybody worked whatever shift reaches them, each interval by itself, too
// few would be there. Missing is the least that stays missing; reasons name who
// has the skill and why they cannot be there; Help says what would change it.
// What is not listed may still be impossible together with the rest.
func Impossible(p Problem) []Impossibility {
	crew := newCrew(p)
	rows := NewJudging(p, nil).rows
	grid := p.Demand.Grid
	for _, o := range p.Team.Operators {
		crew.couldBe(p.Team, o, grid, p.Carried)
	}
	var found []Impossibility
	missing := make([][]int64, grid.N)
	uncovered := make([]bool, grid.N)
	for t := range grid.N {
		want := crew.wanted(t, 0)
		flow := crew.flow(t)
		flow.fill(want)
		missing[t] = make([]int64, len(want))
		for q := range want {
			missing[t][q] = want[q] - flow.met[q]
			uncovered[t] = uncovered[t] || missing[t][q] > 0
		}
	}
	if !slices.Contains(uncovered, true) {
		return nil
	}
	reasons := make([][]int, len(rows))
	for i := range rows {
		reasons[i] = rows[i].reasons(p, uncovered)
		for t, why := range reasons[i] {
			if whys[why] == WhyFree {
				reasons[i][t] = slices.Index(whys, WhyCounted)
			}
		}
	}
	for t := range grid.N {
		for q := range missing[t] {
			if missing[t][q] > 0 {
				one := Impossibility{Cause: p.cause(q, t, float64(missing[t][q])/Whole, rows, reasons), Help: []Text{}}
				if len(found) < helped {
					one.Help = p.help(q, t, rows, reasons)
				}
				found = append(found, one)
			}
		}
	}
	return found
}

// helped is how many of the first intervals are told what would help: a team
// file that is wrong all over has thousands.
const helped = 100

// Impossibility is an interval that nobody can cover, and what would help.
type Impossibility struct {
	Cause
	Help []Text `json:"help" nullable:"false" doc:"Single changes that would help, for people."`
}

// couldBe puts the operator on every interval that one of their shifts could
// reach, as far as the best of them does.
func (c *crew) couldBe(t Team, o Operator, grid calendars.Grid, carried []Assignment) {
	kind, serves := c.of[o.ID]
	if !serves {
		return
	}
	best := make([]int64, grid.N)
	shifts := t.Shifts(o, grid.Span())
	if t.Pauses(o) {
		shifts = slices.DeleteFunc(shifts, func(a Assignment) bool { return !t.PausesLawfully(o, a) })
	}
	for _, a := range carried {
		if a.Operator == o.ID {
			shifts = append(shifts, a)
		}
	}
	for _, a := range shifts {
		for i, to := grid.Range(a.Shift); i < to; i++ {
			there := a.minutesIn(spanOf(grid.Interval(i)))
			best[i] = max(best[i], c.share[o.ID]*there/int64(grid.Step/time.Minute))
		}
	}
	for i, units := range best {
		c.kinds[kind].units[i] += units
	}
}

// help lists the changes that would bring somebody into interval t of queue q:
// the availability of those who have the skill, what others who could be there
// lack of it, and where to hire.
func (p Problem) help(q, t int, rows []judged, reasons [][]int) []Text {
	skill, at := p.Demand.Queues[q].Skill, p.Demand.Grid.Interval(t)
	var unavailable, lacked []string
	template, lacking := false, map[string][]string{}
	for i := range rows {
		r := &rows[i]
		switch has := r.operator.Has(skill); {
		case has && whys[reasons[i][t]] == WhyUnavailable:
			unavailable = append(unavailable, r.operator.Name)
		case has && whys[reasons[i][t]] == WhyNoTemplate:
			template = true
		case !has && p.Team.reaches(*r.operator, at):
			lacks := r.operator.lacks(skill)
			if lacking[lacks] == nil {
				lacked = append(lacked, lacks)
			}
			lacking[lacks] = append(lacking[lacks], r.operator.Name)
		}
	}
	help := []Text{}
	if len(unavailable) > 0 {
		help = append(help, Text{"availability of %s", "доступность в это время: %s", "наличност по това време: %s"}.With(few(unavailable, orMore)))
	}
	for _, lacks := range lacked {
		help = append(help, Text{"the skill %s for %s", "навык %s: %s", "умението %s за %s"}.With(lacks, few(lacking[lacks], orMore)))
	}
	switch early := at.Start.Sub(p.Demand.Grid.Start) < MaxShift; {
	case template && early:
		help = append(help, Text{
			"a shift of the roster before, or a shift template that reaches this hour", "смена предыдущего графика или шаблон смены на этот час",
			"смяна от предишния график или шаблон за смяна, който обхваща този час",
		})
	case template:
		help = append(help, Text{"a shift template that reaches this hour", "шаблон смены на этот час", "шаблон за смяна, който обхваща този час"})
	}
	if more, found := p.Team.somebodyMore(skill, at); found {
		help = append(help, more)
	}
	return help
}

// somebodyMore asks for one who would cover an interval, and says where they are
// to live if that matters.
func (t Team) somebodyMore(skill string, at calendars.Interval) (Text, bool) {
	if t.onClock(TeamClock).reaches(Operator{Zone: t.Zone}, at) {
		return Text{"somebody more with the skill %s", "ещё один человек с навыком %s", "още един човек с умението %s"}.With(skill), true
	}
	from, to, found := t.onClock(OperatorClock).zonesFor(at)
	return Text{
		"somebody more with the skill %s who lives between %s and %s", "ещё один человек с навыком %s, живущий в поясах от %s до %s",
		"още един човек с умението %s, който живее в часови зони от %s до %s",
	}.With(skill, from, to), found
}

// onClock is the team with the shift templates on that clock alone.
func (t Team) onClock(clock string) Team {
	t.Templates = slices.DeleteFunc(slices.Clone(t.Templates), func(s Template) bool { return cmp.Or(s.Clock, TeamClock) != clock })
	return t
}

// few lists names, the first ones only if there are many.
func few(names []string, more Text) Text {
	const most = 4
	if len(names) > most {
		return more.With(strings.Join(names[:most], ", "), len(names)-most)
	}
	all := strings.Join(names, ", ")
	return Text{all, all, all}
}

var (
	orMore  = Text{"%s or %d more", "%s или ещё %d", "%s или още %d"}
	andMore = Text{"%s and %d more", "%s и ещё %d", "%s и още %d"}
)

// reaches says whether a shift that the operator could work holds all of an interval.
func (t Team) reaches(o Operator, at calendars.Interval) bool {
	around := calendars.Interval{Start: at.Start.Add(-MaxShift), End: at.End}
	return slices.ContainsFunc(t.Shifts(o, around), func(a Assignment) bool {
		return !a.Shift.Start.After(at.Start) && !a.Shift.End.Before(at.End)
	})
}

// The offsets from UTC at which people live, in hours.
const west, east = -12, 14

// offsets are zones at each of them; their IANA names count the other way.
var offsets = sync.OnceValue(func() (zones []calendars.Zone) {
	for hours := west; hours <= east; hours++ {
		zones = append(zones, calendars.MustZone(fmt.Sprintf("Etc/GMT%+d", -hours)))
	}
	return zones
})

// zonesFor returns the outermost offsets from UTC at which a shift would hold all
// of an interval, of the longest run of them.
func (t Team) zonesFor(at calendars.Interval) (from, to string, found bool) {
	holds := func(hours int) bool { return t.reaches(Operator{Zone: offsets()[hours-west]}, at) }
	best, first := 0, 0
	for start := west; start <= east; start++ {
		length := 0
		for start+length <= east && holds(start+length) {
			length++
		}
		if length > best {
			best, first = length, start
		}
		start += length
	}
	if best == 0 {
		return "", "", false
	}
	return fmt.Sprintf("UTC%+d", first), fmt.Sprintf("UTC%+d", first+best-1), true
}
