package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// Imported says what a history file held and what became of it.
type Imported struct {
	forecast.Report
	Stored bool        `json:"stored" doc:"False for a dry run."`
	Saved  store.Saved `json:"saved"`
	// Calibration is there for single chats whose operators are known.
	Calibration []staffing.Calibration `json:"calibration,omitempty" nullable:"false" doc:"What single chats tell of the time of a chat alone and of the slow-down."`
}

// ImportHistory reads a history file and stores it: all of it, or nothing if
// there is a fault. Reading the same file again changes nothing. Every queue
// of the file must be one of the team's: the error is ErrInput or
// *forecast.Faults.
func ImportHistory(ctx context.Context, st *store.Store, id roster.ID, file io.Reader, o forecast.ReadOptions, dryRun bool) (Imported, error) {
	team, _, err := st.Team(ctx, id)
	if err != nil {
		return Imported{}, err
	}
	if o.Queue == "" && len(team.Queues) == 1 {
		o.Queue = team.Queues[0].Name
	}
	var chats []forecast.Chat
	o.Chat = func(c forecast.Chat) {
		if q, known := team.QueueOf(c.Queue); known && c.Operator != "" {
			c.Queue = q.Name
			chats = append(chats, c)
		}
	}
	history, report, err := forecast.ReadHistory(file, o)
	if err != nil {
		return Imported{}, fmt.Errorf("import history of team %d: %w", id, err)
	}
	for _, queue := range report.Queues {
		if _, known := team.QueueOf(queue); !known {
			return Imported{}, fmt.Errorf("%w: the file has a queue %q: expected one of %s", ErrInput, queue, strings.Join(team.Streams(), ", "))
		}
	}
	imported := Imported{Report: report, Calibration: staffing.Calibrate(chats)}
	if dryRun {
		return imported, nil
	}
	imported.Saved, err = st.SaveHistory(ctx, id, history.Step, history.Records)
	imported.Stored = err == nil
	return imported, err
}

// maxUpload is the largest history file that the API takes; the command line
// has no limit.
const maxUpload = 64 << 20

type importRequest struct {
	TeamPath
	Zone         string   `query:"zone" doc:"Zone of times without an offset; the team's if left out." example:"Europe/Sofia"`
	Queue        string   `query:"queue" doc:"Queue of all rows, for a file without a queue column."`
	Map          []string `query:"map,explode" doc:"Name of a column in the file, as offered=volume."`
	Delimiter    string   `query:"delimiter" maxLength:"1" doc:"Character between fields; a comma if left out."`
	ChatInterval string   `query:"chat_interval" doc:"Interval that single chats are counted in; 15m if left out."`
	DryRun       bool     `query:"dry_run" doc:"Report only."`
	RawBody      []byte   `contentType:"text/csv"`
}

// options understands the query.
func (in *importRequest) options(team roster.Team) (forecast.ReadOptions, error) {
	o := forecast.ReadOptions{Zone: &team.Zone, Queue: in.Queue, Columns: map[string]string{}}
	var faults []error
	if in.Zone != "" {
		zone, err := calendars.LoadZone(in.Zone)
		o.Zone, faults = &zone, append(faults, err)
	}
	for _, pair := range in.Map {
		ours, theirs, ok := strings.Cut(pair, "=")
		if !ok {
			faults = append(faults, fmt.Errorf("map %q: expected a form such as offered=volume", pair))
		}
		o.Columns[ours] = theirs
	}
	for _, r := range in.Delimiter {
		if strings.ContainsRune("\"\r\n\uFFFD", r) {
			faults = append(faults, fmt.Errorf("delimiter %q: expected a character such as ;", r))
		}
		o.Delimiter = r
	}
	if in.ChatInterval != "" {
		interval, err := time.ParseDuration(in.ChatInterval)
		o.ChatInterval, faults = interval, append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return o, fmt.Errorf("%w: %w", ErrInput, err)
	}
	return o, nil
}

// queueHistory is what is known of one queue.
type queueHistory struct {
	Queue   string    `json:"queue" doc:"Or a stream that a queue blends."`
	First   time.Time `json:"first"`
	Last    time.Time `json:"last"`
	Records int       `json:"records"`
	Offered float64   `json:"offered" doc:"Chats that arrived in all of it."`
}

func (s *server) historyRoutes() {
	route(s, "import-history", http.MethodPost, "/teams/{team}/history", "Import a history of chats, CSV", func(ctx context.Context, in *importRequest) (*body[Imported], error) {
		team, _, err := s.st.Team(ctx, in.Team)
		if err != nil {
			return nil, err
		}
		options, err := in.options(team)
		if err != nil {
			return nil, err
		}
		imported, err := ImportHistory(ctx, s.st, in.Team, bytes.NewReader(in.RawBody), options, in.DryRun)
		return &body[Imported]{imported}, err
	}, status(http.StatusOK), func(o *huma.Operation) { o.MaxBodyBytes, o.BodyReadTimeout = maxUpload, 5*time.Minute })
	route(s, "read-history", http.MethodGet, "/teams/{team}/history", "Sum up the history of each queue", func(ctx context.Context, in *TeamPath) (*body[[]queueHistory], error) {
		if _, _, err := s.st.Team(ctx, in.Team); err != nil {
			return nil, err
		}
		history, err := s.st.History(ctx, in.Team)
		return &body[[]queueHistory]{sumUp(history)}, err
	})
}

// sumUp counts records and chats by queue.
func sumUp(history forecast.History) []queueHistory {
	queues := []queueHistory{}
	for _, r := range history.Records {
		i := slices.IndexFunc(queues, func(q queueHistory) bool { return q.Queue == r.Queue })
		if i < 0 {
			i = len(queues)
			queues = append(queues, queueHistory{Queue: r.Queue, First: r.Start})
		}
		queues[i].Last = r.Start
		queues[i].Records++
		queues[i].Offered += r.Offered
	}
	return queues
}
