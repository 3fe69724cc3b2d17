package forecast

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// defaultChatInterval is what single chats are counted in: the finest
// planning interval.
const defaultChatInterval = 15 * time.Minute

// Chat is one chat that an operator answered.
type Chat struct {
	Queue    string
	Operator string // empty if the file does not say
	Start    time.Time
	Length   time.Duration // elapsed while it was being answered
}

// End is when it was over.
func (c Chat) End() time.Time { return c.Start.Add(c.Length) }

// tally counts the chats of one interval.
type tally struct {
	offered, handled, abandoned, bot float64
	seconds, timed                   float64 // handling time of the chats that tell it
}

// chat is one row of a file of chats.
type chat struct {
	queue          string
	start          time.Time
	abandoned, bot bool
	seconds        *float64
	operator       string
	waited         float64 // seconds to the first response
}

// known returns the chat if an operator answered it and its length is known.
func (c chat) known() (Chat, bool) {
	if c.abandoned || c.bot || c.seconds == nil {
		return Chat{}, false
	}
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	return Chat{c.queue, c.operator, c.start.Add(seconds(c.waited)), seconds(*c.seconds)}, true
}

// readChats counts a file of single chats by interval. Between the first and
// the last chat of the file an interval without a chat is zero, not unknown.
func readChats(t *table, o ReadOptions) History {
	step := cmp.Or(o.ChatInterval, defaultChatInterval)
	if step < shortestStep || step > longestStep || time.Hour%step != 0 {
		t.faults.add(1, "", "", fmt.Sprintf("chats cannot be counted in intervals of %s: expected a part of an hour from %s", step, shortestStep))
		return History{}
	}
	_, timed := t.column["handle_seconds"]
	if _, known := t.column["operator"]; timed && !known {
		t.note("handle_seconds are elapsed times at whatever number of chats at once: a column operator would tell the time of a chat alone")
	}
	names := map[string]string{} // each once in memory
	tallies := map[string]map[int64]*tally{}
	first, last := int64(0), int64(-1)
	before := time.Time{}
	for t.next() {
		c, ok := readChat(t, before, names)
		if !ok {
			continue
		}
		before = c.start
		at := c.start.Unix() / int64(step.Seconds())
		if last < first {
			first, last = at, at
		}
		first, last = min(first, at), max(last, at)
		count(tallies, at, c)
		if known, ok := c.known(); ok && o.Chat != nil {
			o.Chat(known)
		}
	}
	return History{Step: step, Records: fill(t, tallies, step, first, last)}
}

// readChat reads the fields of a row.
func readChat(t *table, before time.Time, names map[string]string) (chat, bool) {
	text, _ := t.field("started_at")
	when, okTime := t.clock.read(t.line, "started_at", text)
	queue, okQueue := t.queueOf()
	abandoned, okAbandoned := t.flag("abandoned")
	bot, okBot := t.flag("bot_resolved")
	seconds, okSeconds := t.number("handle_seconds", false)
	first, okFirst := t.number("first_response_seconds", false)
	operator, _ := t.field("operator")
	if okTime && when.skipped {
		t.faults.add(t.line, "started_at", text, t.clock.missing())
		okTime = false
	}
	c := chat{queue: queue, start: when.first, abandoned: abandoned, bot: bot, seconds: seconds, operator: kept(names, operator)}
	if first != nil {
		c.waited = *first
	}
	// Rows in order of time that seem to go back within the hour that autumn
	// repeats are in its second pass.
	if !when.second.IsZero() && c.start.Before(before) && !when.second.Before(before) {
		c.start = when.second
	}
	return c, okTime && okQueue && okAbandoned && okBot && okSeconds && okFirst
}

// kept returns one copy of a name, however often it is read.
func kept(names map[string]string, name string) string {
	first, known := names[name]
	if !known {
		first = strings.Clone(name)
		names[first] = first
	}
	return first
}

// flag reads a field that holds yes or no; an empty one is no.
func (t *table) flag(name string) (bool, bool) {
	text, _ := t.field(name)
	switch strings.ToLower(text) {
	case "", "0", "false", "no", "f", "n":
		return false, true
	case "1", "true", "yes", "t", "y":
		return true, true
	}
	t.faults.add(t.line, name, text, "expected true or false")
	return false, false
}

// count adds a chat to its interval.
func count(tallies map[string]map[int64]*tally, at int64, c chat) {
	queue := tallies[c.queue]
	if queue == nil {
		queue = map[int64]*tally{}
		tallies[c.queue] = queue
	}
	one := queue[at]
	if one == nil {
		one = &tally{}
		queue[at] = one
	}
	one.offered++
	switch {
	case c.abandoned:
		one.abandoned++
	case c.bot:
		one.bot++
	default:
		one.handled++
		if c.seconds != nil {
			one.seconds += *c.seconds
			one.timed++
		}
	}
}

// fill makes a record of every interval from first to last.
func fill(t *table, tallies map[string]map[int64]*tally, step time.Duration, first, last int64) []Record {
	const mostIntervals = 5_000_000
	if intervals := (last - first + 1) * int64(len(tallies)); intervals > mostIntervals {
		t.faults.add(t.line, "started_at", "", fmt.Sprintf("the chats span %d intervals: expected at most %d; is a date wrong?", intervals, mostIntervals))
		return nil
	}
	_, knowsAbandoned := t.column["abandoned"]
	_, knowsBot := t.column["bot_resolved"]
	var records []Record
	for queue, tallied := range tallies {
		for at := first; at <= last; at++ {
			r := Record{Queue: queue, Start: time.Unix(at*int64(step.Seconds()), 0).UTC()}
			one := cmp.Or(tallied[at], &tally{})
			r.Offered = one.offered
			if knowsAbandoned {
				r.Abandoned, r.Handled = &one.abandoned, &one.handled
			}
			if knowsBot {
				r.BotResolved = &one.bot
			}
			if one.timed > 0 {
				aht := calendars.Seconds(one.seconds / one.timed)
				r.AHT = &aht
			}
			records = append(records, r)
		}
	}
	Sort(records)
	return records
}
