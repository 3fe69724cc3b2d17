package roster

import (
	"slices"
	"strconv"
	"time"
)

// runs holds what is without interruption against a rule: days on end, or
// weekends. A run that reaches what is not known may go on there, so that only
// its most is asked; the day after the horizon counts as free for nobody,
// and as worked where another roster already says so.
func (r *row) runs(b *bounded) (breaches []finding) {
	unit, end := b.unit(), r.knownToDay()
	if b.off() {
		end = r.lastDay()
	}
	first, last := r.knownDay()/unit, (end-1)/unit+1
	flags, own := r.flags(b, unit, first, last)
	for from := 0; from < len(flags); {
		to, mine := from, false
		for ; to < len(flags) && flags[to] == flags[from]; to++ {
			mine = mine || own[to]
		}
		if flags[from] {
			n, window := int64(to-from), r.clock.days(unit*(first+from), unit*(first+to))
			touches := unit*(first+from) <= r.wholeFrom() || unit*(first+to) >= r.wholeTo()
			recent, present := unit*(first+to) >= r.firstDay(), unit*(first+to) > r.firstDay()
			switch {
			case b.Most != nil && n > *b.Most && (mine || b.off() && present):
				breaches = append(breaches, r.bound(b, n, *b.Most, window))
			case b.Least != nil && n < *b.Least && !touches && recent:
				breaches = append(breaches, r.bound(b, n, *b.Least, window))
			}
		}
		from = to
	}
	return breaches
}

// longest is the longest stretch of days [from, to), or of weekends, that count,
// and whether a shift of this roster is among them.
func (r *row) longest(b *bounded, from, to int) (n int64, own bool) {
	unit := b.unit()
	flags, mine := r.flags(b, unit, from/unit, (to-1)/unit+1)
	length := int64(0)
	for i, there := range flags {
		length++
		if !there {
			length = 0
		}
		n, own = max(n, length), own || mine[i]
	}
	return n, own
}

// unit is how many days are one of what the rule counts.
func (b *bounded) unit() int {
	if b.ends() {
		return week
	}
	return 1
}

// flags says for each unit of days, from first to last, whether it counts, and
// whether a shift of this roster is in it.
func (r *row) flags(b *bounded, unit, first, last int) (flags, own []bool) {
	flags, own = make([]bool, last-first), make([]bool, last-first)
	for i := range r.shifts {
		w := &r.shifts[i]
		at := w.day/unit - first
		if at < 0 || at >= len(flags) || !r.matches(b, w) || b.ends() && w.day%week < 5 {
			continue
		}
		flags[at], own[at] = true, own[at] || w.own
	}
	if b.off() {
		for i := range flags {
			flags[i] = !flags[i]
		}
	}
	return flags, own
}

// sequences finds days that look like the sequence, each a breach by itself.
func (r *row) sequences(b *bounded) (breaches []finding) {
	n := 0
	first, last := max(r.knownDay(), r.firstDay()-len(b.steps)+1), min(r.lastDay(), r.knownToDay()-len(b.steps)+1)
	for d, at := first, r.at(first); d < last; d++ {
		at = r.next(at, d)
		if r.looksLike(b, d, at) {
			n++
			if b.Most != nil && int64(n) > *b.Most {
				breaches = append(breaches, r.bound(b, *b.Most+1, *b.Most, r.clock.days(d, d+len(b.steps))))
			}
		}
	}
	if b.Least != nil && int64(n) < *b.Least {
		breaches = append(breaches, r.bound(b, int64(n), *b.Least, r.clock.days(r.firstDay(), r.lastDay())))
	}
	return breaches
}

// looksLike says whether the days from d on, whose shifts begin at a position,
// match the steps. Those that reach over the horizon's end do if one of this
// roster's shifts is among them.
func (r *row) looksLike(b *bounded, d, at int) bool {
	if d < r.knownDay() || d+len(b.steps) > r.knownToDay() {
		return false
	}
	own := d+len(b.steps) <= r.lastDay()
	for k, step := range b.steps {
		from := at
		for at < len(r.shifts) && r.shifts[at].day == d+k {
			own = own || r.shifts[at].own
			at++
		}
		unknown := d+k < r.wholeFrom() || d+k >= r.clock.day(r.knownTo)
		if !r.step(step, r.shifts[from:at]) || from == at && unknown && !slices.Contains(step, StepAny) {
			return false
		}
	}
	return own
}

// step says whether the shifts of a day, or one shift, are what a step asks for.
func (r *row) step(step []string, shifts []worked) bool {
	for _, name := range step {
		switch {
		case name == StepAny, name == StepOff && len(shifts) == 0, name == StepWork && len(shifts) > 0:
			return true
		}
	}
	for i := range shifts {
		if r.named(step, &shifts[i]) {
			return true
		}
	}
	return false
}

// successions finds shifts one after another that look like the sequence.
func (r *row) successions(b *bounded) (breaches []finding) {
	n := int64(0)
	for i := 0; i+len(b.steps) <= len(r.shifts); i++ {
		some := r.shifts[i : i+len(b.steps)]
		mine := slices.ContainsFunc(some, func(w worked) bool { return w.own })
		if b.Per == PerDay && some[0].day != some[len(some)-1].day || !mine {
			continue
		}
		like := true
		for k := range some {
			like = like && r.step(b.steps[k], some[k:k+1])
		}
		if !like {
			continue
		}
		n++
		if b.Most != nil && n > *b.Most {
			breaches = append(breaches, r.bound(b, *b.Most+1, *b.Most, span{some[0].from, some[len(some)-1].to}))
		}
	}
	if b.Least != nil && n < *b.Least {
		breaches = append(breaches, r.bound(b, n, *b.Least, r.clock.days(r.firstDay(), r.lastDay())))
	}
	return breaches
}

// gaps holds the time between neighbouring shifts against a rule.
func (r *row) gaps(b *bounded) (breaches []finding) {
	r.pairs(func(i, k int, x, y *worked) {
		gap := y.from - x.to
		if gap < 0 || !r.matches(b, x) || len(b.steps) > 0 && !(r.step(b.steps[0], r.shifts[i:i+1]) && r.step(b.steps[1], r.shifts[k:k+1])) {
			return
		}
		switch {
		case b.Most != nil && gap > *b.Most:
			breaches = append(breaches, r.bound(b, gap, *b.Most, span{x.from, y.to}))
		case b.Least != nil && gap < *b.Least:
			breaches = append(breaches, r.bound(b, gap, *b.Least, span{x.from, y.to}))
		}
	})
	return breaches
}

// bound is the breach of a rule that counted n in the window, where limit is asked for.
func (r *row) bound(b *bounded, n, limit int64, window span) finding {
	amount, asks := n-limit, Text{"allows at most", "допускает не больше", "допуска най-много"}
	if amount < 0 {
		amount, asks = -amount, Text{"asks for at least", "требует не меньше", "изисква поне"}
	}
	say := func() Text {
		first, last := r.clock.date(r.clock.day(window.from)), r.clock.date(r.clock.day(window.to-1))
		return say(Text{"%s: %s from %s to %s: %s; %s %s %s", "%s: %s, %s – %s: %s; %s %s %s", "%s: %s от %s до %s: %s; %s %s %s"},
			r.operator.Name, b.says(), first, last, b.quantity(n), b.because.Because, asks, b.quantity(limit))
	}
	if b.Weight > 0 {
		return r.missed(counted+b.Count, amount, b.kind.Unit, b.Weight, say, window).by(b.because)
	}
	return r.amiss(counted+b.Count, amount, b.kind.Unit, say, window).by(b.because)
}

// says is what people call what is counted.
func (b *bounded) says() Text {
	if b.Name != "" {
		return Text{b.Name, b.Name, b.Name}
	}
	says := b.kind.Says
	if b.Per == PerRun || b.Stretch {
		says = says.and(" ", Text{"in a row", "подряд", "подред"})
	}
	if b.During != "" {
		says = says.and(", ", duringSays[b.During])
	}
	for _, t := range b.Templates {
		says = says.and(", ", Text{t, t, t})
	}
	for _, s := range b.Sequence {
		says = says.and(", ", Text{s, s, s})
	}
	return says
}

// Says is what people call the rule: its name, or what it counts and the bound,
// so that different rules are called differently.
func (b Rule) Says() Text {
	bound := bind(b, Text{})
	says := bound.says()
	if b.Name != "" {
		return says
	}
	for _, day := range b.Weekdays {
		says = says.and(", ", weekdayWord(time.Weekday(day)))
	}
	if b.Least != nil {
		says = says.and(", ", Text{"at least %s", "не меньше %s", "поне %s"}.With(bound.quantity(*b.Least)))
	}
	if b.Most != nil {
		says = says.and(", ", Text{"at most %s", "не больше %s", "най-много %s"}.With(bound.quantity(*b.Most)))
	}
	if window := b.windowSays(); window != (Text{}) {
		says = says.and(" ", window)
	}
	if b.FromNights > 0 {
		says = says.and(", ", Text{"if night shifts are %d or more", "если ночных смен %d или больше", "ако нощните смени са %d или повече"}.With(b.FromNights))
	}
	return says
}

var perSays = map[string]Text{
	PerDay: {"a day", "в день", "на ден"}, PerWeek: {"a week", "в неделю", "на седмица"}, PerMonth: {"a month", "в месяц", "на месец"},
	PerQuarter: {"a quarter", "в квартал", "на тримесечие"}, PerYear: {"a year", "в год", "на година"},
}

// windowSays is what people call the window, behind a bound; nothing for the
// horizon, and for a run, which is said with what is counted.
func (b Rule) windowSays() Text {
	if days := b.rolling(); days > 0 {
		return Text{"in any %d days", "за любые %d дн. подряд", "за всеки %d поредни дни"}.With(days)
	}
	return perSays[b.Per]
}

// quantity is a number of what is counted.
func (b *bounded) quantity(n int64) any {
	if b.kind.Unit == "minutes" {
		return minutes(n)
	}
	return strconv.FormatInt(n, 10)
}
