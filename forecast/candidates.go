package forecast

// candidate is one way to forecast. It knows a place's history only through
// the origin that it is asked to forecast from.
type candidate interface {
	name() string
	// paths forecasts n places from each origin, ascending, from nothing after
	// it. A path is nil where the history is too short.
	paths(f *frame, origins []int, n int) [][]float64
}

// Settings of day levels: how fast they may move. They were chosen once, with
// those of the candidates, on the public series of the benchmark, for all series.
var (
	steady = levelSettings{drift: 1e-5, passing: 0.003, persist: 0.7}
	calm   = levelSettings{drift: 1e-4, passing: 0.003, persist: 0.7}
	lively = levelSettings{drift: 1e-3, passing: 0.003, persist: 0.7}
	moody  = levelSettings{drift: 1e-5, passing: 0.001, persist: 0.97}
)

// forever is a half-life, in weeks, that forgets nothing.
const forever = 1000

// factorModel also finds what marked days are worth to the other candidates.
var factorModel = dayLevel{settings: calm, weeks: 104, borrowed: 500}

// evenShape borrows so much that all hours are alike: for queues without a
// pattern of the day, and to calm that of others.
const evenShape = 1e12

// candidates are all that the blend chooses from. The first two are all there
// is while there are no past origins to try them from.
var candidates = []candidate{
	weekMeans{title: "mean of weeks", weeks: 8, half: forever},
	factorModel,
	weekMeans{title: "recent weeks", weeks: 8, half: 2},
	weekMeans{title: "many weeks", weeks: 52, half: 26},
	weekMeans{title: "median of weeks", weeks: 7, median: true},
	dayLevel{settings: lively, weeks: 8, borrowed: 50},
	dayLevel{settings: moody, weeks: 26, borrowed: 500},
	dayLevel{settings: steady, weeks: 5, borrowed: 50},
	dayLevel{settings: lively, weeks: 26, borrowed: 500},
	dayLevel{settings: calm, weeks: 26, borrowed: evenShape},
	lags{title: "near lags", at: nearLags, ridge: 0.001, weeks: 1},
	lags{title: "near lags of roots", at: nearLags, ridge: 0.001, weeks: forever, root: true},
	lags{title: "week lags", at: weekLags, ridge: 0.003, weeks: 1},
	lags{title: "week lags of roots", at: weekLags, ridge: 0.003, weeks: forever, root: true},
	lags{title: "wide lags", at: wideLags, ridge: 0.01, weeks: 2},
	lags{title: "day lags", at: dayLags, ridge: 0.03, weeks: 1, root: true},
}
