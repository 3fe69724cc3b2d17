package roster

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// and joins the skills that a queue asks for together. Its spaces are no-break
// ones, so that no name that somebody types is taken for several.
const and = "\u00a0+\u00a0"

// SkillsIn returns the skills that one asked for by a queue stands for: several
// if the queue blends streams.
func SkillsIn(asked string) []string { return strings.Split(asked, and) }

// Has says whether the operator has the skill that a queue asks for: all of them,
// if it blends streams.
func (o Operator) Has(skill string) bool {
	for one := range strings.SplitSeq(skill, and) {
		if !slices.Contains(o.Skills, one) {
			return false
		}
	}
	return true
}

// lacks is what the operator does not have of the skill that a queue asks for.
func (o Operator) lacks(skill string) string {
	return strings.Join(slices.DeleteFunc(SkillsIn(skill), o.Has), and)
}

// asked is the skill that the queue asks for: its own, those of all streams that
// it blends, or one of its name. Joined ones are made anew, as its streams may
// be others since.
func (q Queue) asked() string {
	own := q.Skill
	if strings.Contains(own, and) {
		own = ""
	}
	return cmp.Or(own, strings.Join(q.Blends, and), q.Name)
}

// checkBlends returns every fault of what the queue blends, joined.
func (q Queue) checkBlends() error {
	if len(q.Blends) == 0 {
		return nil
	}
	return errors.Join(
		expect(len(q.Blends) > 1, "blends: %q alone is not possible: expected at least two streams", q.Blends[0]),
		expect(!slices.Contains(q.Blends, ""), "blends: expected the name of each stream"),
		twice("blends", q.Blends, func(stream string) string { return stream }),
		expect(q.Skill == strings.Join(q.Blends, and), "skill: %q is not possible: expected none, as whoever has the skills of all its streams answers it", q.Skill),
	)
}

// checkStreams says which stream has more than one queue.
func (t Team) checkStreams() error {
	var faults []error
	blended := map[string]string{}
	for _, q := range t.Queues {
		for _, stream := range q.Blends {
			first, there := blended[stream]
			_, own := t.Queue(stream)
			faults = append(faults,
				expect(!there || first == q.Name, "queues: %q and %q both blend %q: expected one of them", first, q.Name, stream),
				expect(!own, "queues: %q is a queue, and %q blends it: expected one of them", stream, q.Name))
			blended[stream] = q.Name
		}
	}
	return errors.Join(faults...)
}

// QueueOf returns the queue that chats of the name go to: the one that is called
// so, or blends a stream that is.
func (t Team) QueueOf(stream string) (Queue, bool) {
	i := slices.IndexFunc(t.Queues, func(q Queue) bool { return q.Name == stream || slices.Contains(q.Blends, stream) })
	if i < 0 {
		return Queue{}, false
	}
	return t.Queues[i], true
}

// Streams lists what chats may be called: the queues, and the streams that they blend.
func (t Team) Streams() (names []string) {
	for _, q := range t.Queues {
		names = append(append(names, q.Name), q.Blends...)
	}
	return names
}

// Unblended says for each queue that blends streams who answers nothing of it,
// having the skills of some only, which no other queue asks of them.
func (t Team) Unblended() (notes []Text) {
	for _, q := range t.Queues {
		var names []string
		for _, o := range t.Operators {
			if slices.ContainsFunc(q.Blends, func(stream string) bool { return o.Has(stream) && !t.uses(o, stream) }) {
				names = append(names, o.Name)
			}
		}
		if len(names) > 0 {
			notes = append(notes, Text{
				"nothing of queue %q is answered by %s: it takes the skills of all its streams, %s",
				"на чаты очереди «%s» не отвечают: %s; для неё нужны навыки всех её потоков: %s",
				"на чатовете от опашката „%s“ не отговарят: %s; за нея са нужни уменията за всичките ѝ потоци: %s",
			}.With(q.Name, few(names, andMore), strings.Join(q.Blends, ", ")))
		}
	}
	return notes
}

// uses says whether the operator serves a queue by the skill.
func (t Team) uses(o Operator, skill string) bool {
	return slices.ContainsFunc(t.Queues, func(q Queue) bool { return o.Has(q.Skill) && q.needs(skill) })
}

// skills lists what the team's queues ask for.
func (t Team) skills() string {
	var skills []string
	for _, q := range t.Queues {
		skills = append(skills, SkillsIn(q.Skill)...)
	}
	slices.Sort(skills)
	return fmt.Sprint(slices.Compact(skills))
}

// needs says whether a queue asks for the skill, alone or among others.
func (q Queue) needs(skill string) bool { return slices.Contains(SkillsIn(q.Skill), skill) }
