package main

import (
	"bytes"
	"encoding/csv"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// syntheticWeeks is how long the demo's history is.
const syntheticWeeks = 60

// stream is the make of one queue's synthetic arrivals.
type stream struct {
	queue     string
	zone      calendars.Zone
	perHour   float64     // at the height of an ordinary Monday
	day       [24]float64 // share of it by hour on the queue's clock
	weekday   [7]float64  // from Sunday
	yearly    float64     // how much more there is around New Year than in July
	abandoned float64
	bot       float64
}

// Shapes of days: a working day with a long evening, one that follows a
// country's sleep, and office hours.
var (
	longEvening = [24]float64{.25, .15, .1, .08, .08, .1, .15, .3, .5, .7, .9, 1, 1, .95, .9, .9, .9, .9, .95, 1, 1, .9, .65, .4}
	aroundClock = [24]float64{.55, .45, .4, .35, .35, .4, .45, .5, .6, .7, .8, .85, .85, .9, .95, 1, 1, 1, .95, .9, .85, .8, .7, .6}
	officeHours = [24]float64{0, 0, 0, 0, 0, 0, 0, 0, .1, .5, 1, .95, .8, .8, .9, .9, .8, .7, .5, .3, 0, 0, 0, 0}
)

func streams() []stream {
	week := [7]float64{.8, 1, .97, .95, .95, .98, .85}
	office := [7]float64{0, 1, .95, .9, .9, .85, 0}
	return []stream{
		{"ru", calendars.MustZone("Europe/Moscow"), 46, longEvening, week, .25, .05, .2},
		{"bg", calendars.MustZone("Europe/Sofia"), 18, longEvening, week, .2, .04, .1},
		{"en", calendars.MustZone("Europe/London"), 17, aroundClock, week, .3, .06, .25},
		{"second-line", calendars.MustZone("Europe/Moscow"), 3, officeHours, office, .1, .02, 0},
	}
}

// synthetic writes so many weeks of hourly history that end on a day, as the
// CSV that smena import reads: weekly and yearly season, holidays, two
// campaigns and an outage. The same seed and day give the same bytes.
func synthetic(end calendars.Day, seed uint64) ([]byte, error) {
	chance := rand.New(rand.NewPCG(seed, 0))
	rows := [][]string{{"timestamp", "queue", "offered", "handled", "abandoned", "bot_resolved", "aht_seconds"}}
	first := end.AddDays(-7 * syntheticWeeks)
	for _, s := range streams() {
		mood := 1.0 // of the day: busy days stay busy
		for d := first; d.Before(end); d = d.Next() {
			mood = 0.7*mood + 0.3*math.Exp(0.08*chance.NormFloat64())
			whole := d.Interval(s.zone)
			for at := whole.Start; at.Before(whole.End); at = at.Add(time.Hour) {
				if offered, known := s.arrivals(chance, first, d, at, mood); known {
					rows = append(rows, s.row(chance, at, offered))
				}
			}
		}
	}
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}

// arrivals draws the chats of one hour; an outage leaves a gap.
func (s stream) arrivals(chance *rand.Rand, first, d calendars.Day, at time.Time, mood float64) (int, bool) {
	day := first.DaysUntil(d)
	local := at.In(s.zone.Location())
	expected := s.perHour * s.day[local.Hour()] * s.weekday[local.Weekday()] * mood
	expected *= 1 + s.yearly*math.Cos(2*math.Pi*float64(local.YearDay())/365)
	if holiday := d.Month == time.January && d.Dom <= 2 || d.Month == time.May && d.Dom == 1; holiday {
		expected *= 0.6
	}
	const campaign, outage = 150, 300 // days after the first; campaigns come twice and last five days
	if day%200 >= campaign && day%200 < campaign+5 {
		expected *= 1.4
	}
	if day == outage && local.Hour() >= 9 && local.Hour() < 15 {
		return 0, false
	}
	return poisson(chance, expected), true
}

func (s stream) row(chance *rand.Rand, at time.Time, offered int) []string {
	abandoned := binomial(chance, offered, s.abandoned)
	bot := binomial(chance, offered-abandoned, s.bot)
	aht := 420 + 40*chance.NormFloat64()
	return []string{
		at.UTC().Format(time.RFC3339), s.queue, strconv.Itoa(offered), strconv.Itoa(offered - abandoned - bot),
		strconv.Itoa(abandoned), strconv.Itoa(bot), strconv.Itoa(int(aht)),
	}
}

// poisson draws a count by its waiting times (Knuth, vol. 2, 3.4.1).
func poisson(chance *rand.Rand, mean float64) int {
	n := 0
	for t := chance.ExpFloat64(); t < mean; t += chance.ExpFloat64() {
		n++
	}
	return n
}

func binomial(chance *rand.Rand, n int, p float64) (k int) {
	for range n {
		if chance.Float64() < p {
			k++
		}
	}
	return k
}
