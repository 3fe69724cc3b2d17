// Package api holds what the product can do - import, forecast, demand, solve,
// edit, publish, feed, remind - as functions on a store, and serves them as
// routes. Its one idea is that a route has no rules: it reads its input, calls
// one operation and returns. It refuses requests that it does not understand
// whole, with a problem (RFC 9457) that names the field.
package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"

	"github.com/smena-wfm/smena/api/store"
)

// Options are what a server is told from outside.
type Options struct {
	Now     func() time.Time
	Log     *slog.Logger
	BaseURL string // where the world reaches it, as https://smena.example
	Version string
}

type server struct {
	st   *store.Store
	now  func() time.Time
	log  *slog.Logger
	base string
	api  huma.API
}

// New returns the handler of everything: the API under /api/v1, its
// description at /openapi.json and to click at /docs, feeds under /f/, and
// /healthz and /readyz.
func New(st *store.Store, o Options) http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Smena", o.Version)
	config.Info.Description = "Shift scheduling and coverage planning for remote chat-support teams."
	config.DocsPath = ""     // huma's pages load scripts from elsewhere
	config.CreateHooks = nil // no $schema in bodies: its address is wrong behind a proxy
	config.Transformers = append(config.Transformers, shortEchoes)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"token": {}}}
	s := &server{st: st, now: o.Now, log: o.Log, base: strings.TrimSuffix(o.BaseURL, "/"), api: humago.New(mux, config)}
	s.teamRoutes()
	s.operatorRoutes()
	s.historyRoutes()
	s.forecastRoutes()
	s.demandRoutes()
	s.rosterRoutes()
	s.publicationRoutes()
	s.repairRoutes()
	s.explainRoutes()
	s.simulationRoutes()
	s.requirementRoutes()
	s.lawRoutes()
	s.ledgerRoutes()
	s.feedRoutes()
	mux.HandleFunc("GET /f/{file}", s.serveFeed)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /readyz", s.ready)
	docs := v5emb.NewHandlerWithConfig(swgui.Config{Title: "Smena", SwaggerJSON: "/openapi.json", BasePath: "/docs/"})
	mux.Handle("GET /docs/", docs)
	mux.Handle("GET /docs", http.RedirectHandler("/docs/", http.StatusSeeOther))
	mux.Handle("GET /{$}", http.RedirectHandler("/docs/", http.StatusSeeOther))
	return s.logged(s.guarded(problems(mux)))
}

// ready says whether the database answers.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.st.Ping(r.Context()); err != nil {
		s.log.ErrorContext(r.Context(), "not ready", "error", err)
		writeProblem(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// guarded lets nobody at the API without a token. Feeds have their own secret,
// and calendar clients that send an Authorization header there mean somebody else.
func (s *server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		hash := sha256.Sum256([]byte(token))
		known, err := s.st.TokenKnown(r.Context(), hash[:])
		switch {
		case err != nil:
			s.log.ErrorContext(r.Context(), "look up token", "error", err)
			writeProblem(w, http.StatusServiceUnavailable, "the database does not answer")
		case !isBearer || !known:
			w.Header().Set("WWW-Authenticate", "Bearer")
			writeProblem(w, http.StatusUnauthorized, "expected Authorization: Bearer <token>; smena token makes one")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// problems answers unknown paths and methods with a problem, as everything else.
func problems(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		if allow := answer.Header().Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
			writeProblem(w, answer.Code, "expected one of "+allow)
			return
		}
		writeProblem(w, http.StatusNotFound, "there is nothing at this path; /docs lists what there is")
	})
}

// statusWriter remembers the status for the log.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController through.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logged logs each request. The address of a feed is a secret: the log has the
// beginning of its hash.
func (s *server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := s.now()
		answer := &statusWriter{w, http.StatusOK}
		next.ServeHTTP(answer, r)
		path := path.Clean(r.URL.Path) // //f/ redirects to /f/, and its log line comes first
		if file, ok := strings.CutPrefix(path, "/f/"); ok {
			hash := sha256.Sum256([]byte(strings.TrimSuffix(file, ".ics")))
			path = "/f/" + hex.EncodeToString(hash[:3])
		}
		s.log.InfoContext(r.Context(), "request", "method", r.Method, "path", path, "status", answer.status, "took", s.now().Sub(started).String())
	})
}

// route registers an operation whose errors are made into problems.
func route[I, O any](s *server, id, method, path, summary string, f func(context.Context, *I) (*O, error), more ...func(*huma.Operation)) {
	operation := huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary, Tags: []string{strings.Split(id, "-")[1]}}
	if method == http.MethodPost {
		operation.DefaultStatus = http.StatusCreated
	}
	for _, change := range more {
		change(&operation)
	}
	huma.Register(s.api, operation, func(ctx context.Context, in *I) (*O, error) {
		out, err := f(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return out, nil
	})
}

// status sets the status of success.
func status(code int) func(*huma.Operation) {
	return func(o *huma.Operation) { o.DefaultStatus = code }
}
