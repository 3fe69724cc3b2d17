package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

func (s *server) lawRoutes() {
	route(s, "list-laws", http.MethodGet, "/laws", "List the working-time laws that rosters are judged by", func(context.Context, *struct{}) (*body[[]roster.Law], error) {
		return &body[[]roster.Law]{roster.Laws()}, nil
	})
	route(s, "read-laws", http.MethodGet, "/laws/{country}", "Read the law that protects employees in a country", func(_ context.Context, in *struct {
		Country string `path:"country" doc:"ISO 3166-1 alpha-2 such as BG, or EU."`
	}) (*body[roster.Law], error) {
		law, known := roster.LawOf(in.Country)
		if !known {
			return nil, fmt.Errorf("law of %q: %w", in.Country, store.ErrNotFound)
		}
		return &body[roster.Law]{law}, nil
	})
}
