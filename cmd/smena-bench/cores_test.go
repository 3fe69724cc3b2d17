package main

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"
)

// Nine of ten on one side come about by chance in 22 of 1024 cases.
func TestSignTest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b int
		want float64
	}{{0, 0, 1}, {1, 1, 1}, {5, 0, 2.0 / 32}, {9, 1, 22.0 / 1024}, {1, 9, 22.0 / 1024}} {
		if got := signTest(c.a, c.b); got < c.want-1e-12 || got > c.want+1e-12 {
			t.Errorf("%d to %d: %g, expected %g", c.a, c.b, got, c.want)
		}
	}
}

func TestDuel(t *testing.T) {
	t.Parallel()
	var d duel
	for _, two := range []int64{90, 100, 100, 120} {
		d.add(100, two)
	}
	if want := "better than one on 1, worse on 1, equal on 2; as one-sided or more by chance: 1.000 (sign test); cost +2.50 % on average"; d.String() != want {
		t.Errorf("%s, want %s", d, want)
	}
}

func TestCourse(t *testing.T) {
	t.Parallel()
	c := course{{time.Second / 10, 90000, 0}, {time.Second, 70000, 50000}, {20 * time.Second, 61000, 60700}}
	if after, reached := c.reaches(70000); !reached || after != time.Second {
		t.Errorf("700 was reached after %s", after)
	}
	if _, reached := c.reaches(60000); reached {
		t.Error("600 was reached")
	}
	drawn := c.draw("a <b>")
	for _, want := range []string{"a &lt;b&gt;: best 610, bound 607, gap 0.49 %", `class="line best"`, `class="line bound"`, ">10 s<"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("no %q in %s", want, drawn)
		}
	}
	for d := xml.NewDecoder(strings.NewReader(drawn)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
