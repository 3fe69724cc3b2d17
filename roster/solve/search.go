package solve

import (
	"errors"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// search is the whole of a solve.
type search struct {
	*model
	meter   *meter
	options Options
	rng     *rand.Rand
	lanes   []*lane    // the first one knows the best roster
	order   []int      // rows, as they are dealt to lanes
	post    sync.Mutex // of the lanes' inboxes
	pricer  *pricer
	priced  float64 // share of the search that prices had
	phase   string
	told    int64 // the cost of which is known what it leaves
	missing time.Duration
}

// run makes a first roster, prices, a bound, and then better rosters.
func (s *search) run() error {
	if err := s.begin(); err != nil {
		return err
	}
	if len(s.rows) == 0 || len(s.fields) == 0 || !s.meter.limited() {
		return nil
	}
	s.pricer = newPricer(s.model, max(1, s.options.Cores), s.options.Seed)
	for i := range s.pricer.cores {
		s.pricer.cores[i].days.stopped = s.meter.stopped
	}
	all, at := s.suited(), s.meter.share()
	for i, r := range all {
		if err := s.pass(r.after(at), i == len(all)-1); err != nil || s.proven() {
			return err
		}
	}
	return nil
}

// begin makes the lanes, and the first roster in the first of them.
func (s *search) begin() error {
	s.rng = rand.New(rand.NewPCG(s.options.Seed, streamDeal))
	for i := range s.rows {
		s.order = append(s.order, i)
	}
	for i := range s.laneCount() {
		s.lanes = append(s.lanes, newLane(s.model, s.options.Seed, streamSearch+uint64(i)))
		s.lanes[i].days.stopped = s.meter.stopped
	}
	if err := s.lanes[0].construct(); err != nil {
		return err
	}
	s.lanes[0].settleBreaks()
	s.lanes[0].keep()
	s.told = math.MaxInt64
	s.enter(Construct)
	return nil
}

// suited are the rounds that suit the rows.
func (s *search) suited() []round {
	switch {
	case s.pricer.paces != nil && s.pricer.glides():
		return pacedRounds
	case s.nudged >= manyNudged && 2*s.nudged > len(s.rows):
		return nudgedRounds
	case len(s.lanes) > 1 && s.steps() > 1 && !s.small():
		return sooner(rounds)
	}
	return rounds
}

// pass is a round: prices, and the cycles that they guide. The last one of a small
// problem leaves half of its time to branching.
func (s *search) pass(r round, last bool) error {
	branching := last && s.small()
	if branching {
		r.to = 0.5
	}
	if r.priced > 0 {
		if err := s.price(r); err != nil && !errors.Is(err, errStopped) {
			return err
		}
	}
	s.enter(Improve)
	from := s.meter.share()
	for _, c := range r.cycles {
		c.from, c.to = s.meter.share(), from+(r.to-from)*c.to
		s.anneal(c)
	}
	s.settleBest()
	if branching && !s.proven() {
		s.enter(Prove)
		if err := s.pricer.branch(s.meter, s.lanes[0].bestTruth); err != nil {
			return err
		}
	}
	s.report()
	return nil
}

// settleBest moves the breaks of the best roster to where they cost least.
func (s *search) settleBest() {
	l := s.lanes[0]
	if !l.pauses {
		return
	}
	l.restore(l)
	l.see(hardest)
	l.settleBreaks()
	l.keep()
}

// proven says whether no roster is better than the best.
func (s *search) proven() bool { return s.bound() >= s.lanes[0].bestTruth/fine }

// round is prices and what they guide: so much of the search's time for prices,
// more of it where caps are then counted, and cycles up to shares of what is left.
type round struct {
	priced, counted, to float64
	cycles              []cycle
}

// after is the round as a part of what is left after a share of the search: to lay out
// large problems takes a part of it.
func (r round) after(at float64) round {
	r.priced, r.counted, r.to = r.priced*(1-at), r.counted*(1-at), at+(1-at)*r.to
	return r
}

// rounds are hasty ones, each some five times as long as all before it, for those who look
// at the roster early, and the search proper: a short cycle first, a long one, two that
// begin at its best, less hot and soft, as a long one now and then ends a missing operator
// away from where it could, and in the end a polish of the best by its true cost.
var rounds = []round{
	{priced: 0.0003, to: 0.0015, cycles: []cycle{cooling.until(1)}},
	{priced: 0.0016, to: 0.008, cycles: []cycle{cooling.until(1)}},
	{priced: 0.01, to: 0.05, cycles: []cycle{cooling.until(1)}},
	{priced: 0.2, counted: 0.15, to: 1, cycles: []cycle{
		cooling.until(0.06), cooling.until(0.55), again.until(0.75), again.until(0.95), polish,
	}},
}

var (
	cooling = cycle{hot: 0.01, cold: 0.0015, soft: 0.001, stiff: 0.5}
	again   = cycle{hot: 0.005, cold: 0.0015, soft: 0.01, stiff: 0.5}
	polish  = cycle{hot: 0.001, cold: 0.0002, soft: hardest, stiff: hardest, to: 1}
)

// sooner are rounds for two lanes. They make nearly twice the moves of one, so that rounds
// which take less time come to better rosters nevertheless, and that much earlier. What
// is left of the time is one more cycle from the best.
func sooner(all []round) []round {
	const times = 1.6
	all = slices.Clone(all)
	for i := range all {
		r := &all[i]
		r.priced, r.counted, r.to = r.priced/times, r.counted/times, r.to/times
	}
	return append(all, round{to: 1, cycles: []cycle{again.until(0.95), polish}})
}

// manyNudged is from how many rows on they are searched in nudgedRounds.
const manyNudged = 50

// nudgedRounds are for many rows that are nudged: the first roster is soon much better
// without prices, soft answers bring good prices soon, and small changes are for the
// cold, to which one long cooling leads better than two: the first is for those who look
// early.
var nudgedRounds = []round{
	{priced: 0, to: 0.05, cycles: []cycle{{hot: 0.0005, cold: 0.0001, soft: hardest, stiff: hardest, to: 1}}},
	{priced: 0.25, to: 1, cycles: []cycle{
		gentle.until(0.05), gentle.until(0.95), {hot: 0.001, cold: 0.0001, soft: hardest, stiff: hardest, to: 1},
	}},
}

var gentle = cycle{hot: 0.008, cold: 0.001, soft: 0.0003, stiff: 0.3}

// pacedRounds are for many rows over long horizons, whose prices take longer: hasty ones
// are worse than none, and time for more than one long cooling there is none.
var pacedRounds = []round{
	{priced: 0, to: 0.01, cycles: []cycle{{hot: 0.03, cold: 0.0015, soft: hardest, stiff: hardest, to: 1}}},
	{priced: 0, to: 0.05, cycles: []cycle{{hot: 0.03, cold: 0.0015, soft: hardest, stiff: hardest, to: 1}}},
	{priced: 0.4, to: 1, cycles: []cycle{cooling.until(0.06), cooling.until(0.25), cooling.until(0.85), polish}},
}

// price finds the prices that guide a round, and a bound.
func (s *search) price(r round) error {
	s.enter(Price)
	rest := s.pricer.wake()
	err := s.ascend(r)
	rest()
	return err
}

// ascend raises prices on all cores, counted ones in the end.
func (s *search) ascend(r round) error {
	s.pricer.start(s.lanes[0].best, s.lanes[0].bestPlaced)
	r = s.patience(r)
	from := s.meter.share()
	guide, err := s.pricer.ascend(s.meter, from+r.priced, 0)
	if err == nil {
		err = s.pricer.prove(s.meter)
	}
	s.priced += s.meter.share() - from
	if err == nil && r.counted > 0 && s.meter.visits >= s.settled() && s.pricer.count() {
		guide, err = s.ascendCounted(r, guide)
	}
	s.pricer.settle(guide)
	return err
}

// settled is after how many visits prices are where caps that are not counted let them:
// the more of them there are, the later, or not long before the way of those in haste ends.
func (s *search) settled() int {
	const ofRows, forPrices = 2500, 750 // each
	if !s.pricer.patient {
		return ofRows * len(s.rows)
	}
	prices := 0
	for _, price := range s.pricer.price {
		prices += len(price)
	}
	return forPrices * prices
}

// patience has prices use all of their share if the bound is far from the best roster,
// and that of counted ones if they will not settle before. Of small problems branching
// closes the gap, with nudges better prices bring little, and what only the judge knows
// no bound comes near to.
func (s *search) patience(r round) round {
	s.pricer.patient = s.far() && s.lanes[0].beyond == nil && !s.small() && s.nudged == 0 && !s.pricer.glides()
	if s.pricer.patient && float64(s.meter.visits)*r.priced < float64(s.settled())*s.priced {
		r.priced, r.counted = r.priced+r.counted, 0
	}
	return r
}

// ascendCounted raises prices while caps are counted. They guide in the place of others
// if there is time for them to come to rest.
func (s *search) ascendCounted(r round, guide [][]float64) ([][]float64, error) {
	const halfway = 0.5 // of the way: what counting changes is left
	const rest = 100    // visits of every row
	before := s.meter.visits
	counted, err := s.pricer.ascend(s.meter, s.meter.share()+r.counted, halfway)
	if s.meter.visits-before >= rest*len(s.rows) {
		guide = counted
	}
	if err == nil {
		err = s.pricer.prove(s.meter)
	}
	return guide, err
}

// far says whether the bound leaves much to gain, by better prices or rosters.
func (s *search) far() bool {
	const much = 0.02 // of the best roster's cost
	best := float64(s.lanes[0].bestTruth)
	return best-s.pricer.bound > much*best
}

// construct gives every row the best options against what is still missing,
// those who serve the fewest queues first: the others can fill in. Rows begin
// as the start had them, if that breaks no rule.
func (l *lane) construct() error {
	order := l.rng.Perm(len(l.rows))
	slices.SortStableFunc(order, func(a, b int) int {
		return bits.OnesCount(uint(l.rows[a].mask)) - bits.OnesCount(uint(l.rows[b].mask))
	})
	for _, i := range order {
		r := l.rows[i]
		if l.begin(i) {
			continue
		}
		w, left := l.room(i, 0, len(r.days))
		choice, ok := l.paceFirst(i, w, left)
		if !ok {
			choice, ok = l.refill(i, w, left, guess{})
		}
		for try := 0; !ok && try < 8; try++ {
			choice, ok = l.refill(i, w, left, guess{noise: l.worth * 0.01})
		}
		switch {
		case ok:
			l.give(i, w.from, held{options: choice})
		case r.shape != nil:
			return l.impossible(r)
		} // of other rows nothing is asked at least: they may stay empty
	}
	l.legal = true
	return nil
}

// begin gives row i what the start had, and says whether that is legal.
func (l *lane) begin(i int) bool {
	r := l.rows[i]
	if !slices.ContainsFunc(r.begun, func(o int32) bool { return o >= 0 }) {
		return false
	}
	if !l.keeps(r, r.begun) {
		return false
	}
	before := l.hard()
	l.give(i, 0, held{r.begun, r.begunAt})
	if l.hard() > before {
		l.take(i, 0, len(r.days))
		return false
	}
	return true
}

// hard is what the rules beyond the programs find broken.
func (l *lane) hard() int64 {
	if l.beyond == nil {
		return 0
	}
	return l.beyond.judging.Score().Hard
}

// bound is the lower bound of the soft score, which is never below zero.
func (s *search) bound() int64 {
	if s.pricer == nil || s.pricer.bound < 0 {
		return 0
	}
	const rounding = 1e-6 // of sums of floating point numbers
	return int64(math.Ceil(s.pricer.bound/fine - rounding))
}
