package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/holidays"
	"github.com/smena-wfm/smena/roster"
)

// Ledger is the team's fairness ledger on the day, out of what was published.
// Burdens so old that they count for less than a two-hundredth are left out.
func Ledger(ctx context.Context, q store.Queries, team roster.Team, at calendars.Day) ([]roster.Account, error) {
	const halfLives = 8
	first := at.AddDays(-halfLives * team.Fairness.Days())
	span := calendars.Interval{Start: first.Start(team.Zone), End: at.Start(team.Zone)}
	published, err := q.PublishedOf(ctx, team.ID, span.Start, span.End)
	if err != nil {
		return nil, err
	}
	off, _ := holidays.Off(team.Countries(), first, at)
	return roster.Ledger(team, published, off, nil, at), nil
}

// holidaysOf are the holidays that rosters of the horizon are judged by.
func holidaysOf(team roster.Team, horizon calendars.Interval) map[string][]calendars.Day {
	if !team.MindsHolidays() {
		return nil
	}
	first, last := team.Around(horizon)
	off, _ := holidays.Off(team.Countries(), first, last)
	return off
}

// AtQuery asks for the ledger of a day.
type AtQuery struct {
	At string `query:"at" format:"date" doc:"Day on which points are counted; tomorrow if left out."`
}

// day reads the query.
func (s *server) ledgerDay(at string, team roster.Team) (calendars.Day, error) {
	if at == "" {
		return calendars.DayOf(s.now(), team.Zone).Next(), nil
	}
	return calendars.ParseDay(at)
}

// ledger is every account of a team.
func (s *server) ledger(ctx context.Context, id roster.ID, at string) ([]roster.Account, error) {
	team, _, err := s.st.Team(ctx, id)
	if err != nil {
		return nil, err
	}
	day, err := s.ledgerDay(at, team)
	if err != nil {
		return nil, err
	}
	return Ledger(ctx, s.st.Queries, team, day)
}

func (s *server) ledgerRoutes() {
	route(s, "list-ledger", http.MethodGet, "/teams/{team}/ledger", "Read who has carried how much of nights, weekends, holidays, short notice and refused wishes", func(ctx context.Context, in *struct {
		TeamPath
		AtQuery
	}) (*body[[]roster.Account], error) {
		accounts, err := s.ledger(ctx, in.Team, in.At)
		return &body[[]roster.Account]{accounts}, err
	})
	route(s, "read-ledger", http.MethodGet, "/teams/{team}/operators/{operator}/ledger", "Read what an operator has carried", func(ctx context.Context, in *struct {
		OperatorPath
		AtQuery
	}) (*body[roster.Account], error) {
		accounts, err := s.ledger(ctx, in.Team, in.At)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(accounts, func(a roster.Account) bool { return a.Operator == in.Operator })
		if i < 0 {
			return nil, fmt.Errorf("operator %d of team %d: %w", in.Operator, in.Team, store.ErrNotFound)
		}
		return &body[roster.Account]{accounts[i]}, nil
	})
}
