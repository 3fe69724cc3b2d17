package main

import (
	"bytes"
	"fmt"
	"html"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Size of the picture and of its margins, in SVG units.
const (
	pictureWidth, pictureHeight = 1200.0, 420.0
	left, right, top, bottom    = 60.0, 20.0, 50.0, 40.0
	weeksShown                  = 4 // of the history
)

// axes map time and arrivals to the picture.
type axes struct {
	from, to time.Time
	most     float64
}

func (a axes) x(t time.Time) float64 {
	return left + (pictureWidth-left-right)*float64(t.Sub(a.from))/float64(a.to.Sub(a.from))
}

func (a axes) y(arrivals float64) float64 {
	return pictureHeight - bottom - (pictureHeight-top-bottom)*arrivals/a.most
}

// drawForecast draws the last weeks of the history, the forecast and its 80 % band,
// as an SVG that needs nothing from anywhere.
func drawForecast(q queueForecast, zone calendars.Zone) []byte {
	a := scaled(q)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img" font-family="sans-serif" font-size="12">
<title>Forecast of %s from %s</title>
<style>.h{fill:none;stroke:#4a5568}.f{fill:none;stroke:#c05621;stroke-width:1.5}.b{fill:#f6ad55;opacity:.45}.g{stroke:#cbd5e0}.n{fill:#2b6cb0}</style>
<rect width="100%%" height="100%%" fill="#fff"/>
`, pictureWidth, pictureHeight, html.EscapeString(q.Queue), q.Origin.In(zone.Location()).Format("2006-01-02 15:04"))
	fmt.Fprintf(&b, `<text x="%g" y="20" font-size="15">%s: arrivals per %s, clock of %s</text>`+"\n", left, html.EscapeString(q.Queue), q.Interval, html.EscapeString(zone.String()))
	fmt.Fprintf(&b, `<text x="%g" y="38"><tspan fill="#4a5568">— history</tspan> <tspan fill="#c05621">— forecast</tspan> <tspan fill="#dd9b3d">■ four of five times within</tspan> <tspan class="n">▲ marked days</tspan></text>`+"\n", left)
	drawGrid(&b, a, zone)
	drawBand(&b, a, q)
	drawLine(&b, a, "h", historyPoints(q, a.from))
	points := make([]point, len(q.Mean))
	for i, x := range q.Mean {
		points[i] = point{q.Starts[i], x, true}
	}
	drawLine(&b, a, "f", points)
	drawMarks(&b, a, q, zone)
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// scaled finds the span and the largest value to be drawn.
func scaled(q queueForecast) axes {
	end := q.Origin
	if n := len(q.Starts); n > 0 {
		end = q.Starts[n-1].Add(q.Interval.Duration)
	}
	a := axes{from: q.Origin.AddDate(0, 0, -7*weeksShown), to: end, most: 1}
	for _, p := range historyPoints(q, a.from) {
		a.most = math.Max(a.most, p.arrivals)
	}
	for _, row := range append(slices.Clone(q.Quantiles), q.Mean) {
		a.most = math.Max(a.most, slices.Max(append([]float64{0}, row...)))
	}
	return a
}

// point is one interval; unknown ones interrupt the line.
type point struct {
	at       time.Time
	arrivals float64
	known    bool
}

func historyPoints(q queueForecast, from time.Time) []point {
	var points []point
	for i := max(0, q.known.Grid.Index(from)); i < q.known.Grid.N; i++ {
		x, known := q.known.At(i)
		points = append(points, point{q.known.Grid.At(i), x, known})
	}
	return points
}

func drawLine(b *bytes.Buffer, a axes, class string, points []point) {
	fmt.Fprintf(b, `<path class="%s" d="`, class)
	pen := "M"
	for _, p := range points {
		if !p.known {
			pen = "M"
			continue
		}
		fmt.Fprintf(b, "%s%.1f %.1f", pen, a.x(p.at), a.y(p.arrivals))
		pen = "L"
	}
	b.WriteString("\"/>\n")
}

// drawBand fills what lies between the quantiles nearest to 0.1 and 0.9.
func drawBand(b *bytes.Buffer, a axes, q queueForecast) {
	low, okLow := slices.BinarySearch(q.Levels, 0.1)
	high, okHigh := slices.BinarySearch(q.Levels, 0.9)
	if !okLow || !okHigh || len(q.Starts) == 0 {
		return
	}
	b.WriteString(`<path class="b" d="M`)
	for i, at := range q.Starts {
		fmt.Fprintf(b, "%.1f %.1f ", a.x(at), a.y(q.Quantiles[high][i]))
	}
	for i := len(q.Starts) - 1; i >= 0; i-- {
		fmt.Fprintf(b, "L%.1f %.1f ", a.x(q.Starts[i]), a.y(q.Quantiles[low][i]))
	}
	b.WriteString("Z\"/>\n")
}

// drawGrid draws Mondays and round numbers of arrivals.
func drawGrid(b *bytes.Buffer, a axes, zone calendars.Zone) {
	for day := calendars.DayOf(a.from, zone).AddDays(6).Monday(); day.Start(zone).Before(a.to); day = day.AddDays(7) {
		x := a.x(day.Start(zone))
		fmt.Fprintf(b, `<path class="g" d="M%.1f %g V%g"/><text x="%.1f" y="%g" text-anchor="middle">%s</text>`+"\n", x, top, pictureHeight-bottom, x, pictureHeight-bottom+16, day)
	}
	step := math.Pow(10, math.Floor(math.Log10(a.most)))
	for a.most/step < 3 {
		step /= 2
	}
	for y := 0.0; y <= a.most; y += step {
		fmt.Fprintf(b, `<path class="g" d="M%g %.1f H%g"/><text x="%g" y="%.1f" text-anchor="end">%g</text>`+"\n", left, a.y(y), pictureWidth-right, left-6, a.y(y)+4, y)
	}
}

// drawMarks points at the days of the horizon that something marks.
func drawMarks(b *bytes.Buffer, a axes, q queueForecast, zone calendars.Zone) {
	for _, note := range q.Days {
		names := ""
		for _, e := range note.Effects {
			names += fmt.Sprintf("%s x %.2f; ", e.Name, e.Factor)
		}
		fmt.Fprintf(b, `<text class="n" x="%.1f" y="%g" text-anchor="middle">▲<title>%s: %s</title></text>`+"\n",
			a.x(note.Day.At(12*60, zone)), pictureHeight-bottom+32, note.Day, html.EscapeString(names))
	}
}
