package api

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// StreamNotes says what of the history before a start counts otherwise than one may think,
// for a queue that blends streams; there are none for others.
func StreamNotes(q roster.Queue, history forecast.History, start time.Time) []roster.Text {
	if len(q.Blends) == 0 {
		return nil
	}
	var spans []span
	for _, stream := range q.Blends {
		if one := spanOf(history, stream, q.Zone, start); one.there {
			spans = append(spans, one)
		}
	}
	return slices.Concat(noteBegun(q, spans, start), noteEnded(q, spans), noteBeside(q, spans, history, start))
}

// span is what a stream has of the history before a start.
type span struct {
	stream string
	there  bool
	first  calendars.Day // of the records
	last   calendars.Day // of the records that have chats; the first if none has
}

func spanOf(history forecast.History, stream string, zone calendars.Zone, start time.Time) span {
	s := span{stream: stream}
	for _, r := range history.Records {
		if r.Queue != stream || !r.Start.Before(start) {
			continue
		}
		day := calendars.DayOf(r.Start, zone)
		if !s.there {
			s.there, s.first, s.last = true, day, day
		}
		if r.Offered > 0 {
			s.last = day
		}
	}
	return s
}

// longBefore is how many days of history that only some streams have are noted.
const longBefore = 8 * 7

// noteBegun says that some streams have a long history before all have one, or a longer
// one than all have: it is left out, as nobody knows what the others were.
func noteBegun(q roster.Queue, spans []span, start time.Time) []roster.Text {
	if len(spans) == 0 {
		return nil
	}
	first := slices.MinFunc(spans, func(a, b span) int { return b.first.DaysUntil(a.first) }).first
	last := slices.MaxFunc(spans, func(a, b span) int { return b.first.DaysUntil(a.first) }).first
	dropped, left := first.DaysUntil(last), last.DaysUntil(calendars.DayOf(start, q.Zone))
	if dropped <= longBefore && dropped <= left {
		return nil
	}
	return []roster.Text{roster.Text{
		English:   "queue %q: only from %s on have all of its streams a history; what some have of the %d days before is left out",
		Russian:   "очередь «%s»: история всех её потоков есть лишь с %s; то, что известно о некоторых за %d дн. до этого, не учтено",
		Bulgarian: "опашката „%s“: история на всичките ѝ потоци има едва от %s; известното само за някои преди това не се отчита (дни: %d)",
	}.With(q.Name, last.String(), dropped)}
}

// longSilence is for how many days a stream has no chats while others of its queue have,
// until it is taken for ended: from then on nothing misses it.
const longSilence = 4 * 7

// noteEnded says which streams seem to have ended, as a part of the history may be left out.
func noteEnded(q roster.Queue, spans []span) (notes []roster.Text) {
	if len(spans) == 0 {
		return nil
	}
	latest := slices.MaxFunc(spans, func(a, b span) int { return b.last.DaysUntil(a.last) }).last
	for _, one := range spans {
		if one.last.DaysUntil(latest) > longSilence {
			notes = append(notes, roster.Text{
				English:   "queue %q: its stream %q has no chats after %s, and is taken for ended: is some of the history left out?",
				Russian:   "очередь «%s»: в потоке «%s» после %s нет чатов, он считается закончившимся: не пропущена ли часть истории?",
				Bulgarian: "опашката „%s“: в потока „%s“ няма чатове след %s и той се смята за приключил; да не би част от историята да липсва?",
			}.With(q.Name, one.stream, one.last.String()))
		}
	}
	return notes
}

// noteBeside says that a queue has chats of its own beside those of its streams: they
// are added, though they may be the total of the same.
func noteBeside(q roster.Queue, spans []span, history forecast.History, start time.Time) []roster.Text {
	chats := 0.0
	var since calendars.Day
	for _, r := range history.Records {
		day := calendars.DayOf(r.Start, q.Zone)
		begun := slices.ContainsFunc(spans, func(s span) bool { return !day.Before(s.first) })
		if r.Queue != q.Name || r.Offered == 0 || !begun || !r.Start.Before(start) {
			continue
		}
		if chats == 0 {
			since = day
		}
		chats += r.Offered
	}
	if chats == 0 {
		return nil
	}
	return []roster.Text{roster.Text{
		English:   "queue %q: from %s on the history has %.0f chats of its own name beside those of its streams, and they are added: are they not the total of the streams?",
		Russian:   "очередь «%s»: с %s в истории есть чаты под её именем (%.0f) наряду с чатами потоков, и они складываются; не итог ли это по потокам?",
		Bulgarian: "опашката „%s“: от %s историята има чатове с нейното име (%.0f) наред с тези на потоците ѝ и те се събират; да не би да са сборът на потоците?",
	}.With(q.Name, since.String(), chats)}
}
