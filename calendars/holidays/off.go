package holidays

import "github.com/smena-wfm/smena/calendars"

// Off returns the public holidays and their substitutes from first to last, by
// country, and the countries of which none are known. Worked weekend days are
// not among them.
func Off(countries []string, first, last calendars.Day) (off map[string][]calendars.Day, unknown []string) {
	off = map[string][]calendars.Day{}
	for _, country := range countries {
		calendar, err := Load(country)
		if err != nil {
			unknown = append(unknown, country)
			continue
		}
		for _, h := range calendar.Between(first, last) {
			if h.Kind != WorkingDay {
				off[country] = append(off[country], h.Day)
			}
		}
	}
	return off, unknown
}
