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

// IfMatch is the version that a change is made against. Like the other parts
// of requests it is exported because huma does not look into those that are not.
type IfMatch struct {
	Tag string `header:"If-Match" doc:"ETag of the version that the change is made against; required."`
}

// version reads it: 428 if it is missing (RFC 6585, 3).
func (i IfMatch) version() (int64, error) {
	if i.Tag == "" {
		return 0, huma.NewError(http.StatusPreconditionRequired, "expected If-Match with the ETag of the version that the change is made against")
	}
	version, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(i.Tag, "W/"), `"`), 10, 64)
	if err != nil {
		return 0, huma.NewError(http.StatusPreconditionFailed, "If-Match is not an ETag of this resource")
	}
	return version, nil
}
