package roster_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// span reads wall times on an operator's clock.
func span(t testing.TB, zone, start, end string) calendars.Interval {
	t.Helper()
	at := func(s string) time.Time {
		day, err := calendars.ParseDay(s[:10])
		if err != nil {
			t.Fatal(err)
		}
		wall, err := calendars.ParseWallTime(s[11:])
		if err != nil {
			t.Fatal(err)
		}
		return day.At(wall, calendars.MustZone(zone))
	}
	return calendars.Interval{Start: at(start), End: at(end)}
}

// employee is one operator of a country, with a contract that asks for little.
func employee(t testing.TB, zone, country string) roster.Problem {
	t.Helper()
	p := problem()
	p.Team.Operators[0].Zone = calendars.MustZone(zone)
	p.Team.Operators[0].Country = country
	p.Team.Operators[0].Contract = roster.Contract{Kind: "full-time", MaxWeek: calendars.Hours(90), DailyRest: calendars.Hours(1), WeeklyRest: calendars.Hours(1), MaxConsecutiveDays: 31}
	return p
}

// broken lists the hard rules that the shifts break, and the amounts.
func broken(p roster.Problem, shifts ...calendars.Interval) map[string]int64 {
	amounts := map[string]int64{}
	for _, order := range [][]roster.Assignment{assign(shifts...), reversed(assign(shifts...))} {
		amounts = map[string]int64{}
		for _, b := range roster.Judge(p, order).Breaches {
			if b.Hard {
				amounts[b.Rule] += b.Amount
			}
			if b.Amount <= 0 {
				amounts["nothing"]++
			}
		}
	}
	return amounts
}

func reversed(all []roster.Assignment) []roster.Assignment {
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all
}

// Daily rest by country: exactly enough, one minute short, far off; the night
// on which clocks go forward hides an hour of it (our reference, section 5).
func TestDailyRestByLaw(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone, country, end, start string
		short                     int64
	}{
		{"Europe/Paris", "FR", "2026-03-10 23:00", "2026-03-11 10:00", 0},
		{"Europe/Paris", "FR", "2026-03-10 23:00", "2026-03-11 09:59", 1},
		{"Europe/Paris", "FR", "2026-03-10 23:00", "2026-03-11 01:00", 540},
		{"Europe/Sofia", "BG", "2026-03-10 23:00", "2026-03-11 11:00", 0},
		{"Europe/Sofia", "BG", "2026-03-10 23:00", "2026-03-11 10:59", 1},
		{"Europe/Sofia", "BG", "2026-03-28 20:00", "2026-03-29 09:00", 0},
		{"Europe/Sofia", "BG", "2026-03-28 20:00", "2026-03-29 08:59", 1},
		{"Europe/Sofia", "RO", "2026-03-28 20:00", "2026-03-29 07:00", 60}, // 10 h, though the wall clock says 11
		{"Europe/Moscow", "RU", "2026-03-10 20:00", "2026-03-11 07:59", 1},
		{"Europe/Berlin", "DE", "2026-03-10 20:00", "2026-03-11 06:59", 1},
		{"Europe/London", "GB", "2026-03-10 20:00", "2026-03-11 06:59", 1},
		{"America/New_York", "US", "2026-03-10 20:00", "2026-03-10 22:00", 0}, // the contract alone
		{"America/New_York", "US", "2026-03-10 20:00", "2026-03-10 20:59", 1},
		{"Asia/Manila", "PH", "2026-03-10 20:00", "2026-03-10 22:00", 0}, // no pack
	} {
		p := employee(t, c.zone, c.country)
		first, second := span(t, c.zone, c.end, c.end), span(t, c.zone, c.start, c.start)
		first.Start, second.End = first.End.Add(-4*time.Hour), second.Start.Add(4*time.Hour)
		if got := broken(p, first, second); got[roster.RuleDailyRest] != c.short || len(got) > 1 {
			t.Errorf("%s, %s to %s: %v, want %d", c.country, c.end, c.start, got, c.short)
		}
		p.Team.Operators[0].Contract.Kind = "freelance"
		if got := broken(p, first, second); c.short > 1 && len(got) > 0 {
			t.Errorf("a freelancer in %s: %v", c.country, got)
		}
	}
}

// Weekly rest in Russia: 42 h within the calendar week pass, one minute less
// does not (Art. 110); the sentence names it.
func TestWeeklyRestByLaw(t *testing.T) {
	t.Parallel()
	week := func(back string) []calendars.Interval {
		var all []calendars.Interval
		for _, day := range []string{"09", "10", "11", "12"} {
			all = append(all, span(t, "Europe/Moscow", "2026-03-"+day+" 10:00", "2026-03-"+day+" 18:00"))
		}
		return append(all, span(t, "Europe/Moscow", "2026-03-13 14:00", "2026-03-13 22:00"), span(t, "Europe/Moscow", "2026-03-15 "+back, "2026-03-15 22:00"))
	}
	p := employee(t, "Europe/Moscow", "RU")
	if got := broken(p, week("16:00")...); len(got) != 0 {
		t.Errorf("42 h: %v", got)
	}
	if got := broken(p, week("15:59")...); got[roster.RuleWeeklyRest] != 1 || len(got) != 1 {
		t.Errorf("41:59 h: %v", got)
	}
	b := roster.Judge(p, assign(week("15:59")...)).Breaches[0]
	if b.Article != "Labour Code of Russia, Art. 110" || !strings.Contains(b.Sentence.English, "41 h 59 min") || !strings.Contains(b.Sentence.English, "asks for 42 h") {
		t.Errorf("%+v", b)
	}
}

// Night hours are real time on the operator's clock (our reference, section 5).
func TestNightMinutes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone, country, start, end string
		length, night             int64
	}{
		{"Europe/Sofia", "BG", "2026-03-28 22:00", "2026-03-29 06:00", 420, 420},
		{"Europe/Sofia", "BG", "2026-10-24 22:00", "2026-10-25 06:00", 540, 540},
		{"Europe/Moscow", "RU", "2026-03-28 22:00", "2026-03-29 06:00", 480, 480},
		{"Australia/Lord_Howe", "", "2026-04-04 22:00", "2026-04-05 06:00", 510, 510},
		{"Australia/Lord_Howe", "", "2026-10-03 22:00", "2026-10-04 06:00", 450, 450},
		{"Europe/Sofia", "BG", "2026-03-10 18:00", "2026-03-11 02:00", 480, 240},
		{"Europe/Sofia", "BG", "2026-03-10 17:00", "2026-03-11 01:00", 480, 180},
		{"Europe/Sofia", "BG", "2026-03-10 05:00", "2026-03-10 13:00", 480, 60},
		{"Europe/Berlin", "DE", "2026-03-10 22:00", "2026-03-11 06:00", 480, 420},
		{"Europe/Paris", "FR", "2026-03-10 22:00", "2026-03-11 06:00", 480, 300},
	} {
		o := roster.Operator{Zone: calendars.MustZone(c.zone), Country: c.country}
		shift := span(t, c.zone, c.start, c.end)
		if got := o.NightMinutes(shift); got != c.night || shift.Minutes() != c.length {
			t.Errorf("%s, %s: %d of %d minutes are night, want %d of %d", c.zone, c.start, got, shift.Minutes(), c.night, c.length)
		}
	}
}

// Bulgaria counts night hours of shifts with at least four of them 8/7: eight
// of them are 9.143 hours.
func TestConvertedHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		start, end string
		counted    int64
	}{
		{"2026-03-10 22:00", "2026-03-11 06:00", 549}, // 548.57
		{"2026-03-10 18:00", "2026-03-11 02:00", 515}, // four night hours
		{"2026-03-10 17:59", "2026-03-11 01:59", 480}, // one minute fewer
		{"2026-10-24 22:00", "2026-10-25 06:00", 618}, // nine
	} {
		shift := span(t, "Europe/Sofia", c.start, c.end)
		for kind, want := range map[string]int64{"full-time": c.counted, "freelance": shift.Minutes()} {
			o := roster.Operator{Zone: calendars.MustZone("Europe/Sofia"), Country: "bg", Contract: roster.Contract{Kind: kind}}
			if got := o.Counted(shift, shift); got != want {
				t.Errorf("%s, %s: %d minutes count, want %d", kind, c.start, got, want)
			}
		}
	}
	// 40 converted hours are four nights and a little; the week's end parts them.
	p := employee(t, "Europe/Sofia", "BG")
	p.Team.Operators[0].Contract.MaxWeek = calendars.Hours(40)
	nights := []calendars.Interval{}
	for _, night := range []string{"09", "10", "11", "12", "13"} {
		from := span(t, "Europe/Sofia", "2026-03-"+night+" 22:00", "2026-03-"+night+" 22:00").Start
		nights = append(nights, calendars.Interval{Start: from, End: from.Add(8 * time.Hour)})
	}
	if got := broken(p, nights[:4]...); len(got) != 0 {
		t.Errorf("four nights: %v", got)
	}
	if got := broken(p, nights...); got[roster.RuleHours] != 5*549-2400 {
		t.Errorf("five nights: %v", got)
	}
}

// No shift above the law's length, and no night for those who may not: exactly
// enough, one minute more.
func TestUnlawfulShifts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone, country, start, end string
		noNights                  bool
		rule                      string
		amount                    int64
	}{
		{"Europe/Sofia", "BG", "2026-03-10 08:00", "2026-03-10 20:00", false, "", 0},
		{"Europe/Sofia", "BG", "2026-03-10 08:00", "2026-03-10 20:01", false, roster.RuleShiftLength, 1},
		{"Europe/Sofia", "BG", "2026-10-24 20:00", "2026-10-25 07:01", false, roster.RuleShiftLength, 1}, // 12 h on the clock's 11
		{"Europe/Berlin", "DE", "2026-03-10 08:00", "2026-03-10 18:01", false, roster.RuleShiftLength, 1},
		{"Europe/Moscow", "RU", "2026-03-10 08:00", "2026-03-10 22:00", false, "", 0},
		{"Europe/Moscow", "RU", "2026-03-10 14:00", "2026-03-10 22:00", true, "", 0},
		{"Europe/Moscow", "RU", "2026-03-10 14:00", "2026-03-10 22:01", true, roster.RuleNights, 1},
		{"Asia/Manila", "", "2026-03-10 05:59", "2026-03-10 10:00", true, roster.RuleNights, 1},
	} {
		p := employee(t, c.zone, c.country)
		p.Team.Operators[0].NoNights = c.noNights
		shift := span(t, c.zone, c.start, c.end)
		got := broken(p, shift)
		if c.rule == "" && len(got) > 0 || c.rule != "" && (got[c.rule] != c.amount || len(got) != 1) {
			t.Errorf("%s, %s to %s: %v, want %s %d", c.country, c.start, c.end, got, c.rule, c.amount)
		}
		if lawful := p.Team.Operators[0].Lawful(shift); lawful != (c.rule == "") {
			t.Errorf("%s, %s to %s: lawful %v", c.country, c.start, c.end, lawful)
		}
	}
}

// The stricter of contract and law holds, and is named.
func TestContractOverLaw(t *testing.T) {
	t.Parallel()
	p := employee(t, "Europe/Paris", "FR")
	p.Team.Operators[0].Contract.DailyRest = calendars.Hours(14)
	p.Team.Operators[0].Contract.MaxWeek = calendars.Hours(20)
	l := p.Team.Operators[0].Limits()
	if l.DailyRest.Minutes != 14*60 || l.DailyRest.Because.English != "the contract" || l.WeeklyRest.Minutes != 35*60 || l.WeeklyRest.Because.Russian != "Директива 2003/88/EC, ст. 5" || l.MaxWeek.Minutes != 1200 {
		t.Errorf("%+v", l)
	}
}

// Packs are whole: every judged rule says where it comes from or that it is
// the company's, and every rule how it is known.
func TestLawPacks(t *testing.T) {
	t.Parallel()
	countries := ""
	for _, law := range roster.Laws() {
		countries += law.Country + " "
		if law.Name.English == "" || law.Name.Russian == "" || law.Name.Bulgarian == "" || len(law.Rules)+len(law.Pay) == 0 {
			t.Errorf("%s: %+v", law.Country, law)
		}
		for _, r := range law.Rules {
			known := r.Evidence == "read" || r.Evidence == "known" || r.Evidence == "uncertain" || r.Evidence == "company"
			if r.Counts != nil && r.Counts.Weight != 0 {
				t.Errorf("%s: %s is law, and soft", law.Country, r.Rule)
			}
			if r.Rule == "" || r.Value == "" || !known || (r.Article == "") != (r.Evidence == "company") {
				t.Errorf("%s: %+v", law.Country, r)
			}
			if (r.Rule == roster.RuleAverage && r.Judged) != (r.Weeks > 0) {
				t.Errorf("%s: %s over %d weeks", law.Country, r.Rule, r.Weeks)
			}
			if r.Judged && r.Evidence == "uncertain" {
				t.Errorf("%s: %s is uncertain, and judged", law.Country, r.Rule)
			}
		}
	}
	if countries != "BG DE EU GB RU US " {
		t.Errorf("packs of %s", countries)
	}
	if _, known := roster.LawOf("JP"); known {
		t.Error("a law of Japan")
	}
	if law, known := roster.LawOf("fr"); !known || law.Country != "EU" {
		t.Errorf("France: %v", law.Country)
	}
}

// The vectors of every pack, in both orders: what they break and nothing else.
func TestLawVectors(t *testing.T) {
	t.Parallel()
	for _, law := range roster.Laws() {
		if len(law.Vectors) == 0 || law.ValidFrom.Year < 1900 || law.Source == "" || law.Review == "" || len(law.Scope) == 0 {
			t.Errorf("%s: the pack is not whole", law.Country)
		}
		for _, v := range law.Vectors {
			p := employee(t, v.Zone.String(), law.Country)
			if law.Country == "EU" {
				p.Team.Operators[0].Country = "FR"
			}
			var shifts []calendars.Interval
			for _, text := range v.Shifts {
				start, end, _ := strings.Cut(text, "/")
				shifts = append(shifts, span(t, v.Zone.String(), start, end))
			}
			if diff := cmp.Diff(v.Broken, broken(p, shifts...)); diff != "" {
				t.Errorf("%s, %s: %s", law.Country, v.Name, diff)
			}
		}
	}
}

// A rule that is judged has a name that the judge knows.
func TestJudgedRulesAreKnown(t *testing.T) {
	t.Parallel()
	for _, law := range roster.Laws() {
		for _, r := range law.Rules {
			if (r.Counts != nil || r.Breaks != nil) && !r.Judged {
				t.Errorf("%s: %s is judged, and does not say so", law.Country, r.Rule)
			}
			if r.Judged && r.Counts == nil && r.Breaks == nil && r.Rule != roster.RuleDailyRest && r.Rule != roster.RuleWeeklyRest && r.Rule != roster.RuleHours && r.Rule != roster.RuleAverage && r.Rule != roster.RuleShiftLength {
				t.Errorf("%s: nobody judges %s", law.Country, r.Rule)
			}
		}
	}
}

// The average over the law's period counts what was carried in: exactly
// enough, a minute more, and a week later, when the first of it has left.
func TestAverageWeek(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		country string
		weeks   int
		most    int64 // minutes a week
	}{{"FR", 17, 48 * 60}, {"GB", 17, 48 * 60}, {"DE", 24, 48 * 60}, {"RU", 52, 40 * 60}, {"BG", 17, 40 * 60}} {
		p := employee(t, "Europe/Sofia", c.country)
		monday := calendars.DayOf(p.Demand.Grid.Start, p.Team.Operators[0].Zone)
		work := func(week int, minutes int64) (all []calendars.Interval) {
			for day := range 5 {
				from := monday.AddDays(7*week+day).At(7*60, p.Team.Operators[0].Zone)
				all = append(all, calendars.Interval{Start: from, End: from.Add(time.Duration(minutes/5) * time.Minute)})
			}
			all[4].End = all[4].End.Add(time.Duration(minutes%5) * time.Minute)
			return all
		}
		p.Carried = nil
		for week := 1 - c.weeks; week < 0; week++ {
			p.Carried = append(p.Carried, assign(work(week, c.most)...)...)
		}
		if got := broken(p, work(0, c.most)...); len(got) != 0 {
			t.Errorf("%s, exactly enough: %v", c.country, got)
		}
		if got := broken(p, work(0, c.most+1)...); got[roster.RuleAverage] != 1 || len(got) != 1 {
			t.Errorf("%s, one minute more: %v", c.country, got)
		}
		for _, b := range roster.Judge(p, assign(work(0, c.most+1)...)).Breaches { // the average is rounded up
			if want := fmt.Sprintf("works %d h 1 min a week on average over %d weeks", c.most/60, c.weeks); b.Rule == roster.RuleAverage && !strings.Contains(b.Sentence.English, want) {
				t.Errorf("%s: %q, want %q", c.country, b.Sentence.English, want)
			}
		}
		outside := p
		outside.Carried = append(assign(work(-c.weeks, c.most)...), p.Carried...)
		if got := broken(outside, work(0, c.most)...); len(got) != 0 {
			t.Errorf("%s, a week before the period: %v", c.country, got)
		}
		p.Carried = p.Carried[5:] // the first week was free
		if got := broken(p, work(0, c.most+1)...); len(got) != 0 {
			t.Errorf("%s, a week of it free: %v", c.country, got)
		}
		if got := broken(p, append(work(0, c.most), work(1, c.most+1)...)...); got[roster.RuleAverage] != 1 || len(got) != 1 {
			t.Errorf("%s, a week later: %v", c.country, got)
		}
		p.Carried = nil // the other way round: the first week is this roster's, the others follow
		for week := 1; week < c.weeks; week++ {
			p.Carried = append(p.Carried, assign(work(week, c.most)...)...)
		}
		if got := broken(p, work(0, c.most)...); len(got) != 0 {
			t.Errorf("%s, exactly enough with what follows: %v", c.country, got)
		}
		if got := broken(p, work(0, c.most+1)...); got[roster.RuleAverage] != 1 || len(got) != 1 {
			t.Errorf("%s, one minute more with what follows: %v", c.country, got)
		}
		outside = p
		outside.Carried = append(assign(work(c.weeks, c.most+1)...), p.Carried...)
		if got := broken(outside, work(0, c.most)...); len(got) != 0 {
			t.Errorf("%s, a week after the period: %v", c.country, got)
		}
	}
}

// Germany's night workers average eight hours on six days a week over four
// weeks, and everybody has fifteen free Sundays a year.
func TestGermanCounts(t *testing.T) {
	t.Parallel()
	p := employee(t, "Europe/Berlin", "DE")
	zone := p.Team.Operators[0].Zone
	monday := calendars.DayOf(p.Demand.Grid.Start, p.Team.Zone)
	shifts := func(day, count int, hour calendars.WallTime, minutes int) (all []calendars.Interval) {
		for i := range count {
			from := monday.AddDays(day+i).At(60*hour, zone)
			all = append(all, calendars.Interval{Start: from, End: from.Add(time.Duration(minutes) * time.Minute)})
		}
		return all
	}
	// 20 shifts of 9 h 36 min are 192 h in 28 days; four of them are nights.
	month := func(nights, more int) []calendars.Interval {
		all := slices.Concat(shifts(0, nights, 20, 576), shifts(nights+1, 5-nights, 6, 576), shifts(8, 5, 6, 576), shifts(15, 5, 6, 576), shifts(22, 4, 6, 576), shifts(26, 1, 6, 576+more))
		return all
	}
	p.Demand.Grid.Start = p.Demand.Grid.Start.AddDate(0, 0, -21) // no change of clocks within
	monday = monday.AddDays(-21)
	for _, c := range []struct {
		nights, more int
		want         int64
	}{{4, 0, 0}, {4, 1, 1}, {3, 1, 0}} {
		if got := broken(p, month(c.nights, c.more)...); got["count-minutes"] != c.want {
			t.Errorf("%d nights and %d min more: %v", c.nights, c.more, got)
		}
	}
	// 36 Sundays before, and one or two in the horizon.
	for week := 1; week <= 36; week++ {
		p.Carried = append(p.Carried, assign(shifts(6-7*week, 1, 9, 60)...)...)
	}
	if got := broken(p, shifts(6, 1, 9, 60)...); len(got) != 0 {
		t.Errorf("37 Sundays of 52: %v", got)
	}
	if got := broken(p, slices.Concat(shifts(6, 1, 9, 60), shifts(13, 1, 9, 60))...); got["count-days"] != 1 {
		t.Errorf("38 Sundays of 52: %v", got)
	}
}

// Guaranteed time is asked for in weeks of which six sevenths lie in the
// horizon, and in none with time off.
func TestGuaranteed(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Asia/Manila")
	o := roster.Operator{Zone: zone}
	week := calendars.Interval{Start: juneMonday.Start(zone), End: juneMonday.AddDays(7).Start(zone)}
	horizon := calendars.Interval{Start: juneMonday.AddDays(1).Start(zone), End: juneMonday.AddDays(30).Start(zone)}
	if !roster.Guaranteed(o, week, horizon) {
		t.Error("six days of seven are enough")
	}
	horizon.Start = horizon.Start.Add(time.Minute)
	if roster.Guaranteed(o, week, horizon) {
		t.Error("a minute less is not")
	}
	o.TimeOff = []roster.TimeOff{{First: juneMonday.AddDays(6), Last: juneMonday.AddDays(6)}}
	if horizon.Start = week.Start; roster.Guaranteed(o, week, horizon) {
		t.Error("with time off nothing is asked")
	}
}
