package roster

import (
	"fmt"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Text is a sentence in the languages that people here read.
type Text struct {
	English   string `json:"en"`
	Russian   string `json:"ru"`
	Bulgarian string `json:"bg"`
}

// In returns the text in a language, English for one that it does not have.
func (t Text) In(language string) string {
	switch language {
	case "ru":
		return t.Russian
	case "bg":
		return t.Bulgarian
	}
	return t.English
}

// and is the text, what comes between, and another.
func (t Text) and(between string, o Text) Text {
	return Text{t.English + between + o.English, t.Russian + between + o.Russian, t.Bulgarian + between + o.Bulgarian}
}

// Lasting is how long something takes: "10 h 30 min", in whole minutes.
func Lasting(d time.Duration) Text {
	return say(Text{"%s", "%s", "%s"}, minutes(d/time.Minute))
}

// Within is the time of a service level: "60 s", "5 min" of whole minutes above two, and
// "4 h" of whole hours.
func Within(d calendars.Duration) Text {
	if d.Duration > 0 && d.Duration%time.Hour == 0 {
		return Text{"%g h", "%g ч", "%g ч"}.With(d.Hours())
	}
	if d.Duration > 2*time.Minute && d.Duration%time.Minute == 0 {
		return Text{"%g min", "%g мин", "%g мин"}.With(d.Minutes())
	}
	return Text{"%g s", "%g с", "%g с"}.With(d.Seconds())
}

// With is the text as formats that are filled in: texts and days among the
// arguments are said in the language of each.
func (t Text) With(args ...any) Text { return say(t, args...) }

// say fills the formats: each argument is said in the language of its format.
func say(formats Text, args ...any) Text {
	in := func(language, format string) string {
		said := make([]any, len(args))
		for i, arg := range args {
			said[i] = sayOne(language, arg)
		}
		return fmt.Sprintf(format, said...)
	}
	return Text{in("en", formats.English), in("ru", formats.Russian), in("bg", formats.Bulgarian)}
}

// minutes, on a clock, are arguments of say besides texts, days and plain values.
type (
	minutes int64
	clocked struct {
		calendars.Interval
		zone calendars.Zone
	}
)

func sayOne(language string, arg any) any {
	switch arg := arg.(type) {
	case Text:
		return arg.In(language)
	case minutes:
		return sayMinutes(language, int64(arg))
	case clocked:
		return saySpan(language, arg)
	case calendars.Day:
		return sayDay(language, time.Date(arg.Year, arg.Month, arg.Dom, 0, 0, 0, 0, time.UTC))
	}
	return arg
}

// sayMinutes is "10 h 30 min".
func sayMinutes(language string, n int64) string {
	unit := map[string][2]string{"en": {"h", "min"}, "ru": {"ч", "мин"}, "bg": {"ч", "мин"}}[language]
	const perHour = 60
	var parts []string
	if n >= perHour || n == 0 {
		parts = append(parts, fmt.Sprintf("%d %s", n/perHour, unit[0]))
	}
	if n%perHour > 0 {
		parts = append(parts, fmt.Sprintf("%d %s", n%perHour, unit[1]))
	}
	return strings.Join(parts, " ")
}

// names of days from Sunday and of months, as they stand in a date.
var dateWords = map[string]struct{ days, months []string }{
	"en": {strings.Fields("Sun Mon Tue Wed Thu Fri Sat"), strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")},
	"ru": {strings.Fields("вс пн вт ср чт пт сб"), strings.Fields("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")},
	"bg": {strings.Fields("нд пн вт ср чт пт сб"), strings.Fields("януари февруари март април май юни юли август септември октомври ноември декември")},
}

// weekdayWord is "Mon".
func weekdayWord(day time.Weekday) Text {
	return Text{dateWords["en"].days[day], dateWords["ru"].days[day], dateWords["bg"].days[day]}
}

// sayDay is "Mon 2 Mar", with the year, of the wall time that t shows.
func sayDay(language string, t time.Time) string {
	words := dateWords[language]
	return fmt.Sprintf("%s %d %s %d", words.days[t.Weekday()], t.Day(), words.months[t.Month()-1], t.Year())
}

// OnClock says when an interval is on a clock.
func OnClock(i calendars.Interval, zone calendars.Zone) Text {
	return say(Text{"%s", "%s", "%s"}, clocked{i, zone})
}

// saySpan says when a shift is on a clock: nights have two dates.
func saySpan(language string, c clocked) string {
	start, end := c.Start.In(c.zone.Location()), c.End.In(c.zone.Location())
	words := dateWords[language]
	day := func(t time.Time) string {
		return fmt.Sprintf("%s %d %s %s", words.days[t.Weekday()], t.Day(), words.months[t.Month()-1], t.Format("15:04"))
	}
	if start.YearDay() == end.YearDay() && start.Year() == end.Year() {
		return fmt.Sprintf("%s-%s (%s)", day(start), end.Format("15:04"), c.zone)
	}
	return fmt.Sprintf("%s - %s (%s)", day(start), day(end), c.zone)
}
