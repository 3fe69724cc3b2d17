package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// body is an answer without a version, versioned one that can be edited.
type (
	body[T any]      struct{ Body T }
	versioned[T any] struct {
		ETag string `header:"ETag"`
		Body T
	}
)

// etag writes a version as a strong tag.
func etag(version int64) string { return fmt.Sprintf("%q", strconv.FormatInt(version, 10)) }

// etagAnd writes a version and what else an answer was made from. It is a tag of the
// version for who does not ask for the rest.
func etagAnd(version int64, from string) string { return fmt.Sprintf(`"%d-%s"`, version, from) }

// IfMatch is the version that a change is made against. Like the other parts
// of requests it is exported because huma does not look into those that are not.
type IfMatch struct {
	Tag string `header:"If-Match" doc:"ETag of the version that the change is made against; required."`
}

// version reads it: 428 if it is missing (RFC 6585, 3).
func (i IfMatch) version() (int64, error) {
	version, _, err := i.versionAnd()
	return version, err
}

// versionAnd reads the version, and what else the tag says that was answered.
func (i IfMatch) versionAnd() (version int64, from string, err error) {
	if i.Tag == "" {
		return 0, "", huma.NewError(http.StatusPreconditionRequired, "expected If-Match with the ETag of the version that the change is made against")
	}
	number, from, _ := strings.Cut(strings.Trim(strings.TrimPrefix(i.Tag, "W/"), `"`), "-")
	version, err = strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, "", huma.NewError(http.StatusPreconditionFailed, "If-Match is not an ETag of this resource")
	}
	return version, from, nil
}
