package forecast

import "math"

// worthOf keeps what the filter learned: for each row's marks, the logarithm
// of their effect.
func (f *frame) worthOf(k *filter) {
	f.worth = make([][]float64, len(f.row))
	for r := range f.row {
		row := f.dayRow(r)
		for _, m := range row.marks {
			f.worth[r] = append(f.worth[r], k.extent(row, m)*k.state[k.effect(m.effect)])
		}
	}
}

// notes says what marks the days of the horizon.
func (f *frame) notes() []DayNote {
	var notes []DayNote
	for r := f.histRows(); r < len(f.row); r++ {
		note := DayNote{Day: f.day[r]}
		for i, m := range f.marks[r].list {
			note.Effects = append(note.Effects, DayEffect{f.effects[m.effect].name, settled(math.Exp(f.worth[r][i]))})
		}
		if len(note.Effects) > 0 {
			notes = append(notes, note)
		}
	}
	return notes
}
