package holidays_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars/holidays"
)

// Whole years as the law and the published calendars have them. A day followed
// by + is a substitute, one followed by w is worked. They were
// compared with the Python package holidays 0.109, which is made independently.
func TestOfficialCalendars(t *testing.T) {
	t.Parallel()
	const (
		easter2026 = "04-10 04-11 04-12 04-13 "
		january    = "01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 "
	)
	for _, c := range []struct {
		country, source string
		year            int
		want            string
	}{
		{"BG", "Labour Code art. 154", 2024, "01-01 03-03 03-04+ 05-01 05-03 05-04 05-05 05-06 05-24 09-06 09-22 09-23+ 12-24 12-25 12-26"},
		{"BG", "Labour Code art. 154, Decision 808 of 2025", 2025, "01-01 03-03 04-18 04-19 04-20 04-21 05-01 05-06 05-24 05-26+ 09-06 09-08+ 09-22 12-24 12-25 12-26 12-31"},
		{"BG", "Labour Code art. 154, Decision 808 of 2025", 2026, "01-01 01-02 03-03 " + easter2026 + "05-01 05-06 05-24 05-25+ 09-06 09-07+ 09-22 12-24 12-25 12-26 12-28+"},
		{"BG", "Labour Code art. 154: Labour Day on Holy Saturday", 2027, "01-01 03-03 04-30 05-01 05-02 05-03 05-04+ 05-06 05-24 09-06 09-22 12-24 12-25 12-26 12-27+ 12-28+"},
		{"RU", "Decree 1314 of 10 August 2023", 2024, january + "02-23 03-08 04-27w 04-29+ 04-30+ 05-01 05-09 05-10+ 06-12 11-02w 11-04 12-28w 12-30+ 12-31+"},
		{"RU", "Decree 1335 of 4 October 2024", 2025, january + "02-23 03-08 05-01 05-02+ 05-08+ 05-09 06-12 06-13+ 11-01w 11-03+ 11-04 12-31+"},
		{"RU", "Decree 1466 of 24 September 2025", 2026, january + "01-09+ 02-23 03-08 03-09+ 05-01 05-09 05-11+ 06-12 11-04 12-31+"},
		{"RU", "Labour Code art. 112, no decree", 2027, january + "02-23 03-08 05-01 05-03+ 05-09 05-10+ 06-12 06-14+ 11-04"},
		{"UA", "Labour Code art. 73 before Law 3258-IX", 2023, "01-01 01-07 03-08 04-16 05-01 05-09 06-04 06-28 07-28 08-24 10-01 12-25"},
		{"UA", "Labour Code art. 73, martial law", 2026, "01-01 03-08 04-12 05-01 05-08 05-31 06-28 07-15 08-24 10-01 12-25"},
		{"RS", "Law on State and Other Holidays art. 3a", 2025, "01-01 01-02 01-07 02-15 02-16 02-17+ 04-18 04-19 04-20 04-21 05-01 05-02 11-11"},
		{"RS", "Law on State and Other Holidays art. 3a", 2026, "01-01 01-02 01-07 02-15 02-16 02-17+ " + easter2026 + "05-01 05-02 11-11"},
		{"RS", "Law on State and Other Holidays art. 3a: 2 May is Easter", 2027, "01-01 01-02 01-07 02-15 02-16 04-30 05-01 05-02 05-03 05-04+ 11-11"},
		{"KZ", "Law 267-II, order for 4 May", 2024, "01-01 01-02 01-07 03-08 03-21 03-22 03-23 03-25+ 05-01 05-04w 05-07 05-08+ 05-09 06-16 07-06 07-08+ 08-30 10-25 12-16"},
		{"KZ", "Law 267-II, order for 5 January", 2025, "01-01 01-02 01-03+ 01-05w 01-07 03-08 03-10+ 03-21 03-22 03-23 03-24+ 03-25+ 05-01 05-07 05-09 06-06 07-06 07-07+ 08-30 09-01+ 10-25 10-27+ 12-16"},
		{"KZ", "balance of working time, without 30 August", 2026, "01-01 01-02 01-07 03-08 03-09+ 03-21 03-22 03-23 03-24+ 03-25+ 05-01 05-07 05-09 05-11+ 05-27 07-06 10-25 10-26+ 12-16"},
		{"GE", "Labour Code art. 30", 2026, "01-01 01-02 01-07 01-19 03-03 03-08 04-09 " + easter2026 + "05-09 05-12 05-17 05-26 08-28 10-14 11-23"},
		{"TR", "Law 2429 and the Diyanet", 2026, "01-01 03-20 03-21 03-22 04-23 05-01 05-19 05-27 05-28 05-29 05-30 07-15 08-30 10-29"},
		{"TR", "Law 2429 and the Diyanet", 2027, "01-01 03-09 03-10 03-11 04-23 05-01 05-16 05-17 05-18 05-19 07-15 08-30 10-29"},
		{"PH", "Proclamations 368, 514, 579, 665", 2024, "01-01 02-09 02-10 03-28 03-29 03-30 04-09 04-10 05-01 06-12 06-17 08-23 08-26 11-01 11-02 11-30 12-08 12-24 12-25 12-30 12-31"},
		{"PH", "Proclamations 727, 729, 839, 878, 911", 2025, "01-01 01-29 04-01 04-09 04-17 04-18 04-19 05-01 05-12 06-06 06-12 07-27 08-21 08-25 10-31 11-01 11-30 12-08 12-24 12-25 12-30 12-31"},
		{"PH", "Proclamations 1006, 1189, 1264", 2026, "01-01 02-17 03-20 04-02 04-03 04-04 04-09 05-01 05-27 06-12 08-21 08-31 11-01 11-02 11-30 12-08 12-24 12-25 12-30 12-31"},
		{"IL", "5 Iyar 5784 is a Monday", 2024, "04-23 04-29 05-14 06-12 10-03 10-04 10-12 10-17 10-24"},
		{"IL", "5 Iyar 5785 is a Saturday", 2025, "04-13 04-19 05-01 06-02 09-23 09-24 10-02 10-07 10-14"},
		{"IL", "5 Iyar 5786 is a Wednesday", 2026, "04-02 04-08 04-22 05-22 09-12 09-13 09-21 09-26 10-03"},
		{"MX", "Ley Federal del Trabajo art. 74", 2026, "01-01 02-02 03-16 05-01 09-16 11-16 12-25"},
		{"DE", "what the laws of all states share", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"},
		{"GB", "gov.uk/bank-holidays: jubilee, funeral, Christmas on Sunday", 2022, "01-01 01-03+ 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27+"},
		{"GB", "gov.uk/bank-holidays", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27+ 12-28+"},
		{"US", "5 U.S.C. 6103: also New Year's Day of 2022", 2021, "01-01 01-18 02-15 05-31 06-18+ 06-19 07-04 07-05+ 09-06 10-11 11-11 11-25 12-24+ 12-25 12-31+"},
		{"US", "5 U.S.C. 6103", 2026, "01-01 01-19 02-16 05-25 06-19 07-03+ 07-04 09-07 10-12 11-11 11-26 12-25"},
	} {
		got := yearOf(load(t, c.country), c.year)
		if diff := cmp.Diff(strings.Fields(c.want), got); diff != "" {
			t.Errorf("%s %d (%s), -want +got:\n%s", c.country, c.year, c.source, diff)
		}
	}
}

// yearOf lists a year as the table above does.
func yearOf(c holidays.Calendar, year int) []string {
	marks := map[holidays.Kind]string{holidays.Substitute: "+", holidays.WorkingDay: "w"}
	var days []string
	for _, h := range c.Between(firstOf(year), lastOf(year)) {
		days = append(days, h.Day.String()[len("2026-"):]+marks[h.Kind])
	}
	return days
}
