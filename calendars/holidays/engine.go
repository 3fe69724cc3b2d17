package holidays

import (
	"fmt"
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cy"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/is"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/ke"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/rs"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/th"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"

	"github.com/smena-wfm/smena/calendars"
)

// engines returns the countries that cal v2.1.26 knows. It has no list for
// Australia as a whole: ours is what all states and territories share.
func engines() map[string][]*cal.Holiday {
	australia := []*cal.Holiday{au.NewYear, au.AustraliaDay, au.GoodFriday, au.EasterMonday, au.AnzacDay, au.ChristmasDay, au.BoxingDay}
	return map[string][]*cal.Holiday{
		"ar": ar.Holidays, "at": at.Holidays, "au": australia, "be": be.Holidays, "bg": bg.Holidays,
		"br": br.Holidays, "ca": ca.Holidays, "ch": ch.Holidays, "cy": cy.Holidays, "cz": cz.Holidays,
		"de": de.Holidays, "dk": dk.Holidays, "ee": ee.Holidays, "es": es.Holidays, "fi": fi.Holidays,
		"fr": fr.Holidays, "gb": gb.Holidays, "gr": gr.Holidays, "hr": hr.Holidays, "hu": hu.Holidays,
		"ie": ie.Holidays, "is": is.Holidays, "it": it.Holidays, "jp": jp.Holidays, "ke": ke.Holidays,
		"lt": lt.Holidays, "lu": lu.Holidays, "lv": lv.Holidays, "mt": mt.Holidays, "mw": mw.Holidays,
		"mx": mx.Holidays, "nc": nc.Holidays, "nl": nl.Holidays, "no": no.Holidays, "nz": nz.Holidays,
		"pl": pl.Holidays, "pt": pt.Holidays, "ro": ro.Holidays, "rs": rs.Holidays, "ru": ru.Holidays,
		"se": se.Holidays, "si": si.Holidays, "sk": sk.Holidays, "th": th.Holidays, "ua": ua.Holidays,
		"us": us.Holidays, "za": za.Holidays,
	}
}

// named is a holiday of cal under its English name.
type named struct {
	rule *cal.Holiday
	name string
}

// engine returns what cal knows about a country but for the holidays dropped.
func engine(code string, dropped []string) ([]named, error) {
	names, err := englishNames()
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	var kept []named
	for _, h := range engines()[code] {
		name, translated := names[h.Name]
		if !translated {
			return nil, fmt.Errorf("no English name for %q", h.Name)
		}
		if found[name] = true; !slices.Contains(dropped, name) {
			kept = append(kept, named{h, name})
		}
	}
	for _, name := range dropped {
		if !found[name] {
			return nil, fmt.Errorf("dropped %q, which is not there", name)
		}
	}
	return kept, nil
}

// englishNames reads names.csv: cal names holidays in the country's language.
func englishNames() (map[string]string, error) {
	rows, err := readRows("names.csv")
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, row := range rows {
		names[row[0]] = row[1]
	}
	return names, nil
}

// calc returns the day of a holiday in a year and the day on which it is
// observed, or false if the year has none.
func (n named) calc(year int) (actual, observed calendars.Day, ok bool) {
	at, _ := n.rule.Calc(year)
	if at.IsZero() {
		return actual, observed, false
	}
	actual = civil(at)
	for _, alt := range n.rule.Observed {
		if alt.Day == actual.Weekday() {
			return actual, actual.AddDays(alt.Offset), true
		}
	}
	return actual, actual, true
}

// civil is the date that cal means by a midnight in the zone of the machine.
// Where clocks skip that midnight it becomes 23:00 of the day before, hence
// the hours added.
func civil(midnight time.Time) calendars.Day {
	const inside = 6 * time.Hour // later than any gap ends, earlier than noon
	year, month, dom := midnight.Add(inside).Date()
	return calendars.Day{Year: year, Month: month, Dom: dom}
}
