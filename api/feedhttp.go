package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"github.com/smena-wfm/smena/api/store"
)

// serveFeed answers calendar clients. Unknown, revoked and malformed addresses
// are one and the same 404. It has no opinion of Accept, Authorization and
// User-Agent, since there are clients that send anything there.
func (s *server) serveFeed(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Referrer-Policy", "no-referrer") // the address is the secret
	header.Set("X-Robots-Tag", "noindex")
	header.Set("X-Content-Type-Options", "nosniff")
	secret, isFeed := strings.CutSuffix(r.PathValue("file"), ".ics")
	text, changed, err := Feed(r.Context(), s.st, secret, s.now())
	if !isFeed || errors.Is(err, store.ErrNotFound) {
		writeProblem(w, http.StatusNotFound, "there is no such feed")
		return
	}
	if err != nil {
		// Never an empty calendar: clients would drop every shift.
		s.log.ErrorContext(r.Context(), "feed failed", "error", err)
		header.Set("Retry-After", "300")
		writeProblem(w, http.StatusServiceUnavailable, "the feed cannot be made right now")
		return
	}
	hash := sha256.Sum256(text)
	tag := hex.EncodeToString(hash[:16])
	if zip := r.URL.Query().Get("gz") != "0" && acceptsGzip(r.Header.Get("Accept-Encoding")); zip {
		text, tag = zipped(text), tag+"-gz"
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("Vary", "Accept-Encoding")
	header.Set("Cache-Control", "private, max-age=300")
	header.Set("ETag", `"`+tag+`"`)
	header.Set("Content-Type", "text/calendar; charset=utf-8")
	// ServeContent knows HEAD, If-None-Match, If-Modified-Since and their order.
	http.ServeContent(noRanges{w}, withoutRange(r), "", changed, bytes.NewReader(text))
}

// noRanges hides from clients that a part of a calendar could be had.
type noRanges struct{ http.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w noRanges) WriteHeader(status int) {
	w.Header().Del("Accept-Ranges")
	if status == http.StatusNotModified {
		w.Header().Del("Content-Encoding")
	}
	w.ResponseWriter.WriteHeader(status)
}

func withoutRange(r *http.Request) *http.Request {
	if r.Header.Get("Range") == "" {
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Del("Range")
	return r
}

// acceptsGzip says whether gzip is asked for by name and not refused.
func acceptsGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, quality, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if strings.EqualFold(coding, "gzip") {
			return strings.Trim(strings.TrimPrefix(quality, "q="), "0.") != "" || quality == ""
		}
	}
	return false
}

func zipped(text []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(text)
	if err = errors.Join(err, z.Close()); err != nil {
		panic("api: gzip to memory: " + err.Error())
	}
	return b.Bytes()
}
