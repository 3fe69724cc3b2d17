package roster

// Barred returns for each operator of the team, in its order, what keeps them
// from working in interval t of the demand's grid: one of the Why constants.
// Skills are not looked at.
func Barred(p Problem, assignments []Assignment, t int) []string {
	uncovered := make([]bool, p.Demand.Grid.N)
	uncovered[t] = true
	rows := NewJudging(p, assignments).rows
	barred := make([]string, len(rows))
	for i := range rows {
		barred[i] = whys[rows[i].reasons(p, uncovered)[t]]
	}
	return barred
}
