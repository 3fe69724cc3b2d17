package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/hiring"
)

// candidateFile is what --candidates reads.
type candidateFile struct {
	Candidates []candidate `json:"candidates" nullable:"false"`
}

// candidate is a kind of operator.
type candidate struct {
	Cost     float64          `json:"cost" doc:"Of one operator over the time of the plan, in the team's currency."`
	Operator *roster.Operator `json:"operator,omitempty" doc:"As in the team file."`
	Like     string           `json:"like,omitempty" doc:"Name of an operator of the team whom they are like."`
	Name     string           `json:"name,omitempty" doc:"Of the kind; that of the operator if left out."`
	Least    int              `json:"least,omitempty" minimum:"0" doc:"At least so many."`
	Most     *int             `json:"most,omitempty" minimum:"0" doc:"At most so many; no limit if left out."`
}

// kinds reads the candidates, as members of the team.
func (c *hireCommand) kinds(team roster.Team) ([]hiring.Kind, error) {
	file, err := os.Open(c.Candidates)
	if err != nil {
		return nil, unreadable("candidates", err)
	}
	defer file.Close()
	read, err := roster.ReadJSON[candidateFile](file, "candidates")
	if err == nil && len(read.Candidates) == 0 {
		err = errors.New("candidates: expected at least one")
	}
	var kinds []hiring.Kind
	for i, one := range read.Candidates {
		kind, fault := one.kind(team)
		if fault != nil {
			err = errors.Join(err, fmt.Errorf("candidates[%d]: %w", i, fault))
		}
		if slices.ContainsFunc(kinds, func(k hiring.Kind) bool { return k.Operator.Name == kind.Operator.Name }) && fault == nil {
			err = errors.Join(err, fmt.Errorf("candidates[%d].name: %q is there twice: expected each name once", i, kind.Operator.Name))
		}
		kinds = append(kinds, kind)
	}
	if err != nil {
		return nil, &hintedError{fmt.Errorf("%s: %w", c.Candidates, err), "smena hire --help shows what the file holds"}
	}
	return kinds, nil
}

// kind is the candidate as somebody of the team.
func (one candidate) kind(team roster.Team) (hiring.Kind, error) {
	const dearest, many = 1e9, 10_000
	kind := hiring.Kind{Cost: int64(math.Round(100 * one.Cost)), Least: one.Least, Most: one.Most}
	if !(one.Cost >= 0.01 && one.Cost <= dearest) {
		return kind, fmt.Errorf("cost: %v is not possible: expected 0.01 to %.0f", one.Cost, dearest)
	}
	if one.Least < 0 || one.Least > many {
		return kind, fmt.Errorf("least: %d is not possible: expected 0 to %d", one.Least, many)
	}
	if one.Most != nil && *one.Most < one.Least {
		return kind, fmt.Errorf("most: %d is not possible: expected %d, which is least, or more", *one.Most, one.Least)
	}
	with, err := roster.Hiring{Like: one.Like, Operator: one.Operator}.Apply(team)
	if err == nil {
		with, err = with.Complete()
	}
	if err != nil {
		return kind, err
	}
	kind.Operator = with.Operators[len(with.Operators)-1]
	for _, r := range team.Rules {
		if one.Like != "" && slices.Contains(r.Operators, one.Like) { // what binds them by name binds the kind
			r.Operators = nil
			kind.Operator.Rules = append(slices.Clone(kind.Operator.Rules), r)
		}
	}
	switch {
	case one.Name != "":
		kind.Operator.Name = one.Name
	case one.Like != "":
		kind.Operator.Name = "like " + one.Like
	}
	return kind, nil
}
