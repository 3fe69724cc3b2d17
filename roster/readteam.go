package roster

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/smena-wfm/smena/calendars"
)

const (
	maxTeamFile   = 16 << 20 // bytes; thousands of operators take 1 MiB
	maxTeamFaults = 50       // listed, of form or of content; a wrong kind of file has one per field
	jsonSpace     = " \t\r\n"
)

// ReadTeam reads a team file, fills in what it leaves out and checks the
// whole. The error names every fault found, one to a line: those of its form
// with their lines, and if there are none, those of its content.
func ReadTeam(r io.Reader) (Team, error) {
	team, err := ReadJSON[Team](r, "team")
	if err != nil {
		return Team{}, err
	}
	return team.Complete()
}

// ReadJSON reads a JSON file of what it is called, such as a team. The error
// names every fault of its form, one to a line, with the line and the field: what
// is unknown, missing, there twice or of another type.
func ReadJSON[T any](r io.Reader, what string) (value T, err error) {
	data, err := io.ReadAll(io.LimitReader(r, maxTeamFile+1))
	if err != nil {
		return value, fmt.Errorf("read %s: %w", what, err)
	}
	if len(data) > maxTeamFile {
		return value, fmt.Errorf("more than %d MiB: expected a %s file", maxTeamFile>>20, what)
	}
	const byteOrderMark = "\uFEFF"
	data = bytes.TrimRight(bytes.TrimPrefix(data, []byte(byteOrderMark)), jsonSpace)
	if err := checkJSON(data, what); err != nil {
		return value, err
	}
	file := teamFile{data: data, decoder: json.NewDecoder(bytes.NewReader(data))}
	file.value("", reflect.ValueOf(&value).Elem())
	return value, file.err()
}

// checkJSON says where data stops being one JSON value.
func checkJSON(data []byte, what string) error {
	if len(data) == 0 {
		return fmt.Errorf("empty: expected a %s file", what)
	}
	if n := validUTF8(data); n < len(data) {
		return fmt.Errorf("%s: not UTF-8: expected the file to be saved as UTF-8", position(data, n))
	}
	var value json.RawMessage
	var wrong *json.SyntaxError
	err := json.Unmarshal(data, &value)
	if !errors.As(err, &wrong) {
		return err
	}
	at := position(data, int(wrong.Offset)-1)
	if json.NewDecoder(bytes.NewReader(data)).Decode(&value) == nil {
		return fmt.Errorf("%s: text after the end of the %s: expected nothing more", at, what)
	}
	return fmt.Errorf("%s: not JSON: %w", at, err)
}

// validUTF8 is how many bytes come before the first that is not UTF-8.
func validUTF8(data []byte) (n int) {
	for n < len(data) {
		r, size := utf8.DecodeRune(data[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// position is the line and the column of data[at], in characters from 1.
func position(data []byte, at int) string {
	before := data[:max(0, at)]
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("line %d, column %d", line(data, len(before)), column)
}

// line is the line of data[at], from 1.
func line(data []byte, at int) int { return bytes.Count(data[:at], []byte("\n")) + 1 }

// teamFile walks JSON that is known to be valid, side by side with the Go
// value it fills, because encoding/json stops at the first fault and does not
// say where it is.
type teamFile struct {
	data    []byte
	decoder *json.Decoder
	faults  []error
	total   int
}

// value reads the next value, whatever it is.
func (f *teamFile) value(path string, into reflect.Value) {
	first := f.data[f.next()]
	switch into.Addr().Interface().(type) {
	case json.Unmarshaler, encoding.TextUnmarshaler:
		f.leaf(path, into)
		return
	}
	switch {
	case into.Kind() == reflect.Struct && first == '{':
		f.object(path, into)
	case into.Kind() == reflect.Slice && first == '[':
		f.list(path, into)
	case into.Kind() == reflect.Pointer && into.Type().Elem().Kind() == reflect.Struct && first == '{':
		into.Set(reflect.New(into.Type().Elem()))
		f.value(path, into.Elem())
	default:
		f.leaf(path, into)
	}
}

// object reads a struct: fields it has, each once, and all that are not omitempty.
func (f *teamFile) object(path string, into reflect.Value) {
	start, fields, given := f.next(), fieldsOf(into.Type()), map[string]bool{}
	f.token()
	for f.decoder.More() {
		at := f.next()
		name := f.token().(string)
		i, known := fields.index[name]
		switch {
		case !known:
			f.fault(at, path, "unknown field %.60q: expected one of %s", name, strings.Join(fields.names, ", "))
			f.raw()
		case given[name]:
			f.fault(at, join(path, name), "there twice: expected each field once")
			f.raw()
		default:
			f.value(join(path, name), into.Field(i))
		}
		given[name] = true
	}
	f.token()
	for _, name := range fields.required {
		if !given[name] {
			f.fault(start, join(path, name), "missing: expected %s", wanted(into.Field(fields.index[name]).Type()))
		}
	}
}

// list reads a slice.
func (f *teamFile) list(path string, into reflect.Value) {
	f.token()
	into.Set(reflect.MakeSlice(into.Type(), 0, 0))
	for i := 0; f.decoder.More(); i++ {
		element := reflect.New(into.Type().Elem()).Elem()
		f.value(fmt.Sprintf("%s[%d]", path, i), element)
		into.Set(reflect.Append(into, element))
	}
	f.token()
}

// leaf reads a value that has no parts, or one of the wrong type.
func (f *teamFile) leaf(path string, into reflect.Value) {
	at := f.next()
	raw := f.raw()
	err := json.Unmarshal(raw, into.Addr().Interface())
	var wrongType *json.UnmarshalTypeError
	var wrongTime *time.ParseError
	switch {
	case errors.As(err, &wrongType) || errors.As(err, &wrongTime) || string(raw) == "null":
		f.fault(at, path, "expected %s, got %s", wanted(into.Type()), shown(raw))
	case err != nil:
		f.fault(at, path, "%w", err)
	}
}

// next is where the next name or value starts.
func (f *teamFile) next() int {
	rest := f.data[f.decoder.InputOffset():]
	return len(f.data) - len(bytes.TrimLeft(rest, jsonSpace+":,"))
}

func (f *teamFile) token() json.Token {
	token, err := f.decoder.Token()
	if err != nil {
		panic("roster: valid JSON is not: " + err.Error())
	}
	return token
}

func (f *teamFile) raw() (raw json.RawMessage) {
	if err := f.decoder.Decode(&raw); err != nil {
		panic("roster: valid JSON is not: " + err.Error())
	}
	return raw
}

// fault notes what is wrong at data[at].
func (f *teamFile) fault(at int, path, format string, args ...any) {
	f.total++
	if f.total > maxTeamFaults {
		return
	}
	place := strings.TrimSuffix(fmt.Sprintf("line %d, %s", line(f.data, at), path), ", ")
	f.faults = append(f.faults, within(place, fmt.Errorf(format, args...)))
}

func (f *teamFile) err() error {
	if more := f.total - len(f.faults); more > 0 {
		f.faults = append(f.faults, fmt.Errorf("and %d more", more))
	}
	return errors.Join(f.faults...)
}

// jsonFields is what a struct is called in JSON.
type jsonFields struct {
	names, required []string
	index           map[string]int
}

func fieldsOf(t reflect.Type) jsonFields {
	fields := jsonFields{index: map[string]int{}}
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		fields.names = append(fields.names, name)
		fields.index[name] = i
		if !strings.Contains(options, "omitempty") {
			fields.required = append(fields.required, name)
		}
	}
	return fields
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

// wanted says what a field of the type holds.
func wanted(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[calendars.Zone]():
		return "an IANA name such as Europe/Sofia"
	case reflect.TypeFor[calendars.WallTime]():
		return `a wall time such as "09:00"`
	case reflect.TypeFor[calendars.Duration]():
		return `a duration such as "8h"`
	case reflect.TypeFor[calendars.Day]():
		return `a date such as "2026-03-28"`
	case reflect.TypeFor[time.Time]():
		return `an instant such as "2026-11-27T00:00:00+02:00"`
	case reflect.TypeFor[calendars.Weekday]():
		return `a weekday such as "mon"`
	}
	switch t.Kind() {
	case reflect.Struct:
		return "an object"
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "a text"
	case reflect.Float64:
		return "a number"
	}
	return "a whole number"
}

// shown is a JSON value short enough for a message.
func shown(raw json.RawMessage) string {
	switch {
	case raw[0] == '{':
		return "an object"
	case raw[0] == '[':
		return "a list"
	}
	return fmt.Sprintf("%.60s", raw)
}
