package calendars

import (
	"fmt"
	"strings"
	"time"
)

// Zone is an IANA time zone such as Europe/Sofia. The zero value is UTC.
// It is never an offset and never the machine's own zone.
type Zone struct{ location *time.Location }

// LoadZone finds a zone by its IANA name.
func LoadZone(name string) (Zone, error) {
	if name == "" || name == "Local" || strings.TrimSpace(name) != name {
		return Zone{}, fmt.Errorf("unknown zone %q: expected an IANA name such as Europe/Sofia", name)
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return Zone{}, fmt.Errorf("unknown zone %q: expected an IANA name such as Europe/Sofia", name)
	}
	return Zone{location}, nil
}

// MustZone is LoadZone for names written in the program; it panics on others.
func MustZone(name string) Zone {
	zone, err := LoadZone(name)
	if err != nil {
		panic("calendars: " + err.Error())
	}
	return zone
}

// Location is the zone as the standard library knows it.
func (z Zone) Location() *time.Location {
	if z.location == nil {
		return time.UTC
	}
	return z.location
}

// IsZero says that no zone was given; a zone that is given as UTC is one.
func (z Zone) IsZero() bool { return z.location == nil }

// String is the IANA name.
func (z Zone) String() string { return z.Location().String() }

// Equal compares names: every load of a zone returns a new pointer.
func (z Zone) Equal(o Zone) bool { return z.String() == o.String() }

// MarshalText writes the IANA name.
func (z Zone) MarshalText() ([]byte, error) { return []byte(z.String()), nil }

// UnmarshalText reads an IANA name.
func (z *Zone) UnmarshalText(b []byte) error {
	zone, err := LoadZone(string(b))
	if err != nil {
		return err
	}
	*z = zone
	return nil
}
