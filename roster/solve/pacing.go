package solve

import (
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// pacing is the paces of rows on a smooth way up, where the prices of their hours,
// weekends and caps take steps with momentum beside those of intervals (accelerated).
type pacing struct {
	at, best         []pace
	capsAt, capsBest [][]float64 // prices of caps likewise
	expected         []expected  // per row
	used             [][]float64 // per row and cap
}

// Rows that have paces begin hotter: whether it is weekends or weeks that are scarce
// is a matter of prices that all go up or down together, which is settled soon while
// steps are long. The cold is where prices are told from one another by a point.
const (
	hottestPaced = 0.3
	coldestPaced = 1e-4
)

// Steps of paces: by how much all become longer each time, below which momentum steps
// were too long if the way goes down, and not only their momentum too great, and how
// much longer those of hours, weekends and caps are than single ones would be.
const (
	pacedLonger   = 1.008
	pacedMomentum = 5
	unitLength    = 0.5
	weekendLength = 2
	capLength     = 2
)

func (p *pricer) newPacing() pacing {
	if p.paces == nil {
		return pacing{}
	}
	n := pacing{at: slices.Clone(p.paces), best: slices.Clone(p.paces), expected: make([]expected, len(p.paces))}
	for _, caps := range p.caps {
		n.capsAt, n.capsBest = append(n.capsAt, slices.Clone(caps)), append(n.capsBest, slices.Clone(caps))
		n.used = append(n.used, make([]float64, len(caps)))
	}
	return n
}

// begin has the steps go on from the prices that there are.
func (a *accelerated) begin() {
	copy(a.pacing.at, a.paces)
	copyEach(a.pacing.capsAt, a.caps)
}

// notePaces notes that prices are the best yet.
func (a *accelerated) notePaces() {
	copy(a.pacing.best, a.paces)
	copyEach(a.pacing.capsBest, a.caps)
}

// backPaces has prices be those that were best.
func (a *accelerated) backPaces() {
	copy(a.pacing.at, a.pacing.best)
	copy(a.paces, a.pacing.best)
	copyEach(a.pacing.capsAt, a.pacing.capsBest)
	copyEach(a.caps, a.pacing.capsBest)
}

// copyEach copies as many lists as both have.
func copyEach(to, from [][]float64) {
	for i := range min(len(to), len(from)) {
		copy(to[i], from[i])
	}
}

// expectPaced notes where the row is expected at its pace, and returns its soft cost.
func (a *accelerated) expectPaced(core, i int, heat float64) float64 {
	r, p, to := a.model.rows[i], &a.cores[core], &a.answers[core]
	p.appraise(r, room{to: len(r.days)}, guess{blend: 1})
	line, excess := p.straighten(r, a.slopes[i])+float64(r.wished), 0.0
	coarse := float64(int64(1) << p.coarse)
	back := p.charge(r, a.caps[i])
	used := a.pacing.used[i]
	clear(used)
	e := to.paced.expect(r, p.costs, &a.paces[i], heat/coarse, func(o int, chance float64) {
		for _, at := range p.shifts[r.options[o].shift].slots {
			to.slots[at.field][at.t] += int64(chance * wholeChance)
		}
		if r.burdens != nil {
			excess += chance * float64(r.burdens.points[o])
		}
		if len(used) > 0 {
			for _, c := range r.shape.counted[o] {
				used[c] += chance
			}
		}
	})
	a.tilt(i, excess)
	a.pacing.expected[i] = e
	return (e.cost-float64(back))*coarse + line
}

// presentOnSlots adds who is expected on the slots of a field.
func (a *accelerated) presentOnSlots(field int) {
	for t := range a.supplied[field] {
		for c := range a.answers {
			a.supplied[field][t] += float64(a.answers[c].slots[field][t]) * roster.Whole / wholeChance
		}
	}
}

// movePaces takes a step from the paces that were asked, and from the prices of caps,
// and goes on beyond it.
func (a *accelerated) movePaces(heat, beyond float64) {
	if a.paces == nil {
		return
	}
	a.length *= pacedLonger
	step := a.length * heat / float64(int64(1)<<a.coarse)
	for i, r := range a.model.rows {
		if !a.softened(r) {
			continue
		}
		asked, at, e, s, w := &a.paces[i], &a.pacing.at[i], a.pacing.expected[i], r.shape, r.shape.whole(r)
		before := *at
		unit := unitLength * step / float64(w.most*(s.shorter+s.spread))
		at.unit = max(asked.unit+unit*(e.units-float64(w.most)), min(0, asked.unit+unit*(e.units-float64(w.least))))
		at.weekend = max(0, asked.weekend+weekendLength*step/float64(w.weekends+1)*(e.weekends-float64(w.weekends)))
		asked.unit = at.unit + beyond*(at.unit-before.unit)
		asked.weekend = max(0, at.weekend+beyond*(at.weekend-before.weekend))
		a.moveCaps(i, a.length*heat, beyond)
	}
}

// moveCaps takes such a step from the prices of a row's caps.
func (a *accelerated) moveCaps(i int, step, beyond float64) {
	caps, at, used := a.caps[i], a.pacing.capsAt[i], a.pacing.used[i]
	for c := range caps {
		before, most := at[c], float64(a.model.rows[i].shape.caps[c].most)
		at[c] = max(0, caps[c]+capLength*step/(most+1)*(used[c]-most))
		caps[c] = max(0, at[c]+beyond*(at[c]-before))
	}
}

// arrive has visits go on from where the steps have led.
func (a *accelerated) arrive() {
	copy(a.paces, a.pacing.at)
	copyEach(a.caps, a.pacing.capsAt)
	near := a.worth * coldestPaced / float64(int64(1)<<a.coarse)
	for i, r := range a.model.rows {
		if p := a.pace(i); p != nil {
			p.unitStep, p.weekendStep = near/float64(r.shape.shorter), near
		}
	}
}
