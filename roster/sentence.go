package roster

import (
	"fmt"
	"strings"

	"github.com/smena-wfm/smena/calendars"
)

// phrases say what operators do, for one and for several.
var phrases = map[string][2]string{
	WhyWorking:     {"is at work already", "are at work already"},
	WhyBreak:       {"is on a break", "are on a break"},
	WhyTimeOff:     {"is on time off", "are on time off"},
	WhyNoTemplate:  {"has no shift template that reaches this hour", "have no shift template that reaches this hour"},
	WhyUnavailable: {"is not available", "are not available"},
	WhyUnlawful:    {"may not work a shift so long or at night", "may not work a shift so long or at night"},
	WhyOverlap:     {"works a shift that the one needed would overlap", "work a shift that the one needed would overlap"},
	WhyDailyRest:   {"needs the rest between shifts", "need the rest between shifts"},
	WhyWeeklyRest:  {"needs the week's rest", "need the week's rest"},
	WhyHours:       {"is at the week's hours", "are at the week's hours"},
	WhyRun:         {"has worked the days in a row allowed", "have worked the days in a row allowed"},
	WhyRule:        {"would break a rule of team, contract or law", "would break a rule of team, contract or law"},
	WhyFree:        {"is free, but no improvement found", "are free, but no improvement found"},
}

// sentence says the cause in English.
func (c Cause) sentence(required int, skill string, team calendars.Zone) string {
	said := fmt.Sprintf("%s misses %g of %d at %s", c.Queue, c.Missing, required, told(c.Interval, team))
	if len(c.Reasons) == 0 {
		return fmt.Sprintf("%s: nobody has the skill %s", said, skill)
	}
	total, parts := 0, []string(nil)
	for _, r := range c.Reasons {
		total += r.Operators
		part := fmt.Sprintf("%d %s", r.Operators, phrases[r.Why][min(r.Operators, 2)-1])
		if r.Names != nil {
			part += ": " + strings.Join(r.Names, ", ")
		}
		parts = append(parts, part)
	}
	return fmt.Sprintf("%s: of %d with the skill %s, %s", said, total, skill, strings.Join(parts, "; "))
}
