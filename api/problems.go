package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// ErrInput says that a request cannot mean anything; the message says why.
var ErrInput = errors.New("bad input")

// statuses is the one place that turns errors into statuses.
var statuses = []struct {
	err    error
	status int
}{
	{ErrInput, http.StatusUnprocessableEntity},
	{store.ErrNotFound, http.StatusNotFound},
	{roster.ErrNoAssignment, http.StatusNotFound},
	{store.ErrStale, http.StatusPreconditionFailed},
	{store.ErrExists, http.StatusConflict},
	{store.ErrStep, http.StatusConflict},
	{forecast.ErrNoHistory, http.StatusConflict},
	{forecast.ErrUneven, http.StatusConflict},
	{roster.ErrPinned, http.StatusConflict},
	{roster.ErrNoOperator, http.StatusUnprocessableEntity},
	{roster.ErrNoTemplate, http.StatusUnprocessableEntity},
	{roster.ErrOutside, http.StatusUnprocessableEntity},
	{roster.ErrEdit, http.StatusUnprocessableEntity},
	{solve.ErrEntangled, http.StatusUnprocessableEntity},
}

// problem is an error as the client sees it. What is not known is 500 and says
// nothing; the log has the whole chain.
func (s *server) problem(ctx context.Context, err error) error {
	var known huma.StatusError
	if errors.As(err, &known) {
		return err
	}
	var faults *forecast.Faults
	if errors.As(err, &faults) {
		return faultsProblem(faults)
	}
	for _, one := range statuses {
		if errors.Is(err, one.err) {
			return huma.NewError(one.status, err.Error())
		}
	}
	if ctx.Err() != nil {
		return huma.NewError(http.StatusServiceUnavailable, "the request was given up")
	}
	s.log.ErrorContext(ctx, "request failed", "error", err)
	return huma.NewError(http.StatusInternalServerError, "something went wrong here; the log says what")
}

// faultsProblem names every fault of a file.
func faultsProblem(faults *forecast.Faults) error {
	var details []error
	for _, f := range faults.List {
		details = append(details, &huma.ErrorDetail{Message: f.Want, Location: strings.TrimSuffix(fmt.Sprintf("line %d.%s", f.Line, f.Column), "."), Value: f.Value})
	}
	return huma.NewError(http.StatusUnprocessableEntity, fmt.Sprintf("faults in the file: %d; nothing was taken from it", faults.Total), details...)
}

// writeProblem answers where huma does not: outside its routes.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	// The client has gone if this fails: there is nobody to tell.
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail})
}

// longestEcho is how much of a bad value is worth sending back, in bytes.
const longestEcho = 200

// shortEchoes keeps problems from sending whole bodies back, as huma does for
// faults that it cannot place: they are long, and they hold addresses.
func shortEchoes(_ huma.Context, _ string, answer any) (any, error) {
	problem, is := answer.(*huma.ErrorModel)
	if !is {
		return answer, nil
	}
	for _, detail := range problem.Errors {
		text, err := json.Marshal(detail.Value)
		if err != nil || len(text) > longestEcho {
			detail.Value = nil
		}
	}
	return problem, nil
}
