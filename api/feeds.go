package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars/feed"
	"github.com/smena-wfm/smena/roster"
)

// secretBytes make a secret: 160 bits, 32 characters of base32.
const secretBytes = 20

// newSecret returns a secret and the hash under which it is stored.
func newSecret() (secret string, hash []byte) {
	bytes := make([]byte, secretBytes)
	rand.Read(bytes) // never fails (crypto/rand)
	secret = strings.ToLower(base32.StdEncoding.EncodeToString(bytes))
	sum := sha256.Sum256([]byte(secret))
	return secret, sum[:]
}

// NewToken makes a bearer token for the API. One of the same name ends. It is
// shown once: only its hash is stored.
func NewToken(ctx context.Context, st *store.Store, name string, now time.Time) (string, error) {
	secret, hash := newSecret()
	return secret, st.SaveToken(ctx, hash, name, now)
}

// NewFeed makes a subscription of an operator's shifts and returns its secret,
// which is shown once: only its hash is stored.
func NewFeed(ctx context.Context, st *store.Store, operator roster.ID, name string, now time.Time) (string, store.Feed, error) {
	secret, hash := newSecret()
	made, err := st.CreateFeed(ctx, operator, hash, name, now)
	return secret, made, err
}

// How far a feed looks: back for pay queries, ahead as far as clients go.
const (
	feedDaysBack  = 35
	feedDaysAhead = 180
	feedBytes     = 1_000_000 // Google reads no more
)

// Feed renders the calendar of the feed with the secret and returns it with
// the time of its last change. An unknown secret is store.ErrNotFound.
func Feed(ctx context.Context, st *store.Store, secret string, now time.Time) ([]byte, time.Time, error) {
	hash := sha256.Sum256([]byte(secret))
	subscription, err := st.FeedByHash(ctx, hash[:])
	if err != nil {
		return nil, time.Time{}, err
	}
	installation, err := st.Installation(ctx)
	if err != nil {
		return nil, time.Time{}, err
	}
	team, _, err := st.Team(ctx, subscription.Team)
	if err != nil {
		return nil, time.Time{}, err
	}
	operator, _, err := st.Operator(ctx, subscription.Operator)
	if err != nil {
		return nil, time.Time{}, err
	}
	published, err := st.PublishedFor(ctx, operator.ID, now.AddDate(0, 0, -feedDaysBack), now.AddDate(0, 0, feedDaysAhead))
	if err != nil {
		return nil, time.Time{}, err
	}
	last, err := st.PublishedAt(ctx, team.ID)
	if err != nil {
		return nil, time.Time{}, err
	}
	if last.Before(subscription.Created) {
		last = subscription.Created
	}
	text, err := render(Calendar(installation, team, operator, published))
	if err != nil {
		return nil, last, fmt.Errorf("feed %d: %w", subscription.ID, err)
	}
	return text, last, st.TouchFeed(ctx, subscription.ID, now)
}

// render writes the calendar; one that is too long loses its far end.
func render(c feed.Calendar) ([]byte, error) {
	for {
		var b bytes.Buffer
		if err := feed.Write(&b, c); err != nil {
			return nil, err
		}
		if b.Len() <= feedBytes || len(c.Events) == 0 {
			return b.Bytes(), nil
		}
		c.Events = c.Events[:len(c.Events)*feedBytes/(b.Len()+1)]
		if !strings.HasSuffix(c.Description, feedCut) {
			c.Description += feedCut
		}
	}
}

const feedCut = " Later shifts are left out: the calendar would be too long."

// subscription is a new feed with every form of its address.
type subscription struct {
	store.Feed
	URL    string `json:"url" doc:"To copy, for Outlook and others. The address is the secret: it is shown once."`
	Webcal string `json:"webcal" doc:"For Apple and others that open webcal."`
	Google string `json:"google" doc:"Opens Google Calendar."`
}

// addresses returns the forms in which calendars take an address.
func addresses(base, secret string) (plain, webcal, google string) {
	plain = base + "/f/" + secret + ".ics"
	_, rest, _ := strings.Cut(plain, "://")
	webcal = "webcal://" + rest
	return plain, webcal, "https://calendar.google.com/calendar/r?cid=" + url.QueryEscape(webcal)
}

func (s *server) feedRoutes() {
	route(s, "create-feeds", http.MethodPost, "/operators/{operator}/feeds", "Make a calendar that an operator can subscribe to", func(ctx context.Context, in *struct {
		Operator roster.ID `path:"operator"`
		Body     struct {
			Name string `json:"name" minLength:"1" maxLength:"100" doc:"Such as: Ana's phone."`
		}
	}) (*body[subscription], error) {
		secret, made, err := NewFeed(ctx, s.st, in.Operator, in.Body.Name, s.now())
		answer := subscription{Feed: made}
		answer.URL, answer.Webcal, answer.Google = addresses(s.base, secret)
		return &body[subscription]{answer}, err
	})
	route(s, "list-feeds", http.MethodGet, "/operators/{operator}/feeds", "List the feeds of an operator, without their addresses", func(ctx context.Context, in *struct {
		Operator roster.ID `path:"operator"`
	}) (*body[[]store.Feed], error) {
		if _, _, err := s.st.Operator(ctx, in.Operator); err != nil {
			return nil, err
		}
		feeds, err := s.st.Feeds(ctx, in.Operator)
		return &body[[]store.Feed]{feeds}, err
	})
	route(s, "revoke-feeds", http.MethodDelete, "/feeds/{feed}", "Revoke a feed", func(ctx context.Context, in *struct {
		Feed roster.ID `path:"feed"`
	}) (*struct{}, error) {
		return &struct{}{}, s.st.RevokeFeed(ctx, in.Feed)
	})
}
