package main

import (
	"fmt"
	"io"
	"math"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
)

// teller prints texts in one language.
type teller struct {
	w        io.Writer
	language string
}

// english is the language of verbs that are not asked for another.
const english = "en"

// notes prints beside the results of a command, each note once.
func (a *app) notes(language string) teller {
	return teller{once{a.stderr, map[string]bool{}}, language}
}

// once leaves out what was written before.
type once struct {
	io.Writer
	written map[string]bool
}

// Write implements io.Writer.
func (o once) Write(text []byte) (int, error) {
	if o.written[string(text)] {
		return len(text), nil
	}
	o.written[string(text)] = true
	return o.Writer.Write(text)
}

// note prints something worth knowing, filled in.
func (t teller) note(formats roster.Text, args ...any) {
	fmt.Fprintf(t.w, "smena: note: %s\n", formats.With(args...).In(t.language))
}

// line prints a text that is filled in.
func (t teller) line(formats roster.Text, args ...any) {
	fmt.Fprintln(t.w, formats.With(args...).In(t.language))
}

// print says all of it to people, so many ways out of each shortage.
func (e explained) print(t teller, team roster.Team, ways int) {
	for _, one := range e.Conflicts {
		t.conflict(one, team)
	}
	if len(e.Shortages) == 0 {
		t.line(roster.Text{English: "every hour is covered", Russian: "все часы покрыты", Bulgarian: "всички часове са покрити"})
		return
	}
	shown := 0.0
	for _, s := range e.Shortages {
		shown += s.Hours
		t.shortage(s, team, ways)
	}
	t.line(roster.Text{
		English: "%g operator-hours uncovered in all, %g of them above", Russian: "всего не покрыто %g чел.-ч, из них выше – %g", Bulgarian: "непокрити човекочасове общо: %g, от тях по-горе: %g",
	}, tenths(e.Missing), tenths(shown))
}

// conflict prints shifts that contradict, and how.
func (t teller) conflict(c roster.Conflict, team roster.Team) {
	o, _ := team.Operator(c.Operator)
	t.line(roster.Text{English: "%s cannot work all of these:", Russian: "%s: эти смены вместе невозможны:", Bulgarian: "%s не може да работи всички тези смени:"}, o.Name)
	for _, s := range c.Assignments {
		fmt.Fprintf(t.w, "  %s, %s\n", s.Template, roster.OnClock(s.Shift, o.Zone).In(t.language))
	}
	for _, b := range c.Breaches {
		fmt.Fprintf(t.w, "  %-18s %s\n", b.Rule, b.Sentence.In(t.language))
	}
}

// shortage prints a stretch, why it is uncovered, and ways out.
func (t teller) shortage(s remedy.Shortage, team roster.Team, ways int) {
	t.why(s, team)
	all := alike(s.Remedies)
	accept, all := all[len(all)-1], all[:len(all)-1]
	for i, one := range all[:min(ways, len(all))] {
		t.way(i+1, one, team)
	}
	if more := len(all) - ways; more > 0 {
		t.line(roster.Text{English: "  and %d more (--ways)", Russian: "  и ещё %d (--ways)", Bulgarian: "  и още %d (--ways)"}, more)
	}
	t.line(roster.Text{English: "  or %s (price %g h)", Russian: "  или %s (цена %g ч)", Bulgarian: "  или %s (цена %g ч)"}, accept.Sentence, inHours(accept.Price))
	if s.Untried > 0 {
		t.line(roster.Text{
			English:   "  changes not tried, for want of time (--seconds) or because others ask for less: %d",
			Russian:   "  не проверено изменений: %d – не хватило времени (--seconds), или другие требуют меньшего",
			Bulgarian: "  непроверени промени: %d – времето (--seconds) не стигна или други искат по-малко",
		}, s.Untried)
	}
}

// why prints how much a stretch misses, and what keeps people from covering the
// interval that misses most.
func (t teller) why(s remedy.Shortage, team roster.Team) {
	head := roster.Text{English: "%s, %s: %g operator-hours uncovered", Russian: "%s, %s: не покрыто %g чел.-ч", Bulgarian: "%s, %s: непокрити човекочасове: %g"}
	if tenths(s.Hours) == 1 {
		head.English = "%s, %s: %g operator-hour uncovered"
	}
	t.line(head, s.Queue, roster.OnClock(s.Interval, team.Zone), tenths(s.Hours))
	when := ""
	if !s.Cause.Interval.Equal(s.Interval) {
		when = clockTimes(s.Cause.Interval, team.Zone) + ", "
	}
	queue, _ := team.Queue(s.Queue)
	t.line(roster.Text{English: "  %s%g missing: %s", Russian: "  %sне хватает %g – %s", Bulgarian: "  %sнедостиг %g – %s"}, when, s.Cause.Missing, s.Cause.Because(queue.Skill))
}

// way prints a way out with the shifts that change, and who else could take it.
func (t teller) way(number int, one likes, team roster.Team) {
	left := roster.Text{}
	if hours := tenths(one.Left); hours > 0 {
		left = roster.Text{English: "; %g h left uncovered", Russian: "; не покрыто останется %g ч", Bulgarian: "; остава недостиг от %g ч"}.With(hours)
	}
	t.line(roster.Text{English: "  %d. %s (%+g h paid, price %g h%s%s)", Russian: "  %d. %s (%+g ч к оплате, цена %g ч%s%s)", Bulgarian: "  %d. %s (%+g платени ч, цена %g ч%s%s)"},
		number, heading(one.Remedy), tenths(one.Hours), inHours(one.Price), beyondPay(one.Remedy), left)
	for _, step := range one.Steps {
		fmt.Fprintf(t.w, "     * %s\n", step.Sentence.In(t.language))
	}
	t.follows(one.Remedy, team)
	for _, other := range one.others {
		t.line(roster.Text{English: "     or likewise %s:", Russian: "     или так же %s:", Bulgarian: "     или по същия начин %s:"}, other.Operator)
		t.follows(other, team)
	}
}

// beyondPay says how much of a price is not paid, if it is worth a word.
func beyondPay(r remedy.Remedy) roster.Text {
	const matters = 0.25 // hours
	hours := tenths(inHours(r.Price) - max(0, tenths(r.Hours)))
	if hours < matters {
		return roster.Text{}
	}
	return roster.Text{English: ", %g h of it not paid", Russian: ", из них %g ч не к оплате", Bulgarian: ", от тях %g ч не се плащат"}.With(hours)
}

// heading says a way out; where it takes several changes, those follow.
func heading(r remedy.Remedy) roster.Text {
	if len(r.Steps) > 0 {
		return roster.Text{English: "all of this together", Russian: "всё это вместе", Bulgarian: "всичко това заедно"}
	}
	return r.Sentence
}

// follows prints the shifts that a way out changes and the soft rules that it breaks.
func (t teller) follows(r remedy.Remedy, team roster.Team) {
	t.shifts("-", r.Goes, team)
	t.shifts("+", r.Comes, team)
	for _, b := range r.Breaks {
		if b.Rule != roster.RuleFairness { // everybody's share moves a little, and the price says how much
			fmt.Fprintf(t.w, "     ! %s\n", b.Sentence.In(t.language))
		}
	}
}

// shifts prints those of people in the team on their clocks.
func (t teller) shifts(sign string, all []roster.Assignment, team roster.Team) {
	for _, a := range all {
		if o, known := team.Operator(a.Operator); known {
			fmt.Fprintf(t.w, "     %s %s, %s, %s\n", sign, o.Name, a.Template, roster.OnClock(a.Shift, o.Zone).In(t.language))
		}
	}
}

// likes is a way out, and those that ask others for the same at the same price.
type likes struct {
	remedy.Remedy
	others []remedy.Remedy
}

// alike puts ways out together that differ in whom they ask and in the shifts alone.
func alike(all []remedy.Remedy) (groups []likes) {
	type key struct {
		asks        string
		left, hours float64
		price       int64
	}
	first := map[key]int{}
	for _, r := range all {
		k := key{r.Asks, tenths(r.Left), tenths(r.Hours), r.Price}
		if at, known := first[k]; known {
			groups[at].others = append(groups[at].others, r)
			continue
		}
		if r.Asks != "" {
			first[k] = len(groups)
		}
		groups = append(groups, likes{Remedy: r})
	}
	return groups
}

// tenths rounds hours to a tenth, for people.
func tenths(hours float64) float64 { return math.Round(10*hours) / 10 }

// inHours is a price, which counts minutes.
func inHours(price int64) float64 { return tenths(float64(price) / 60) }

// clockTimes is when an interval of one day is on a clock.
func clockTimes(i calendars.Interval, zone calendars.Zone) string {
	in := zone.Location()
	return i.Start.In(in).Format("15:04") + "-" + i.End.In(in).Format("15:04")
}
