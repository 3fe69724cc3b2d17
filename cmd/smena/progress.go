package main

import (
	"fmt"
	"os"
	"time"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// progress shows on a terminal that something goes on. Elsewhere it is silent.
type progress struct {
	a     *app
	what  string
	shown time.Time
	shows bool
}

func newProgress(a *app, what string) *progress {
	return &progress{a: a, what: what, shows: isTerminal(a)}
}

// isTerminal says whether somebody watches the error stream.
func isTerminal(a *app) bool {
	file, ok := a.stderr.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// solve shows a better roster.
func (p *progress) solve(s solve.Progress) {
	above := ""
	if s.Bound > 0 {
		above = fmt.Sprintf(", at most %.1f %% above the best possible", 100*float64(s.Cost-s.Bound)/float64(s.Bound))
	}
	p.say(fmt.Sprintf("%s: %.0f operator-hours uncovered, cost %d%s", s.Phase, s.Missing.Hours(), s.Cost/roster.Whole, above))
}

// say shows how far it is, a few times a second at most.
func (p *progress) say(how string) {
	if now := p.a.now(); p.shows && now.Sub(p.shown) > 100*time.Millisecond {
		p.shown = now
		fmt.Fprintf(p.a.stderr, "\r%s: %s \x1b[K", p.what, how)
	}
}

// end clears the line.
func (p *progress) end() {
	if p.shows {
		fmt.Fprint(p.a.stderr, "\r\x1b[K")
	}
}
