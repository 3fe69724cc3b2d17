package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Of a drawing, in pixels.
const (
	drawWidth, drawHeight = 760.0, 400.0
	drawLeft, drawBelow   = 80.0, 40.0
	drawAbove             = 40.0
)

// draw is a picture of best and bound over time, SVG: time on a logarithmic
// scale, so that early and late seconds can be told apart, and cost up to twice
// the last bound or best.
func (c course) draw(title string) string {
	end := c[len(c)-1]
	first := max(0.01, c[0].after.Seconds())
	last := max(end.after.Seconds(), 10*first)
	top := 1.5 * float64(points(max(end.best, 1)))
	x := func(seconds float64) float64 {
		return drawLeft + (drawWidth-drawLeft-20)*math.Log(max(seconds, first)/first)/math.Log(last/first)
	}
	y := func(cost int64) float64 {
		return drawAbove + (drawHeight-drawAbove-drawBelow)*(1-min(1, max(0, float64(points(cost))/top)))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="sans-serif" font-size="13">`+"\n", drawWidth, drawHeight)
	b.WriteString("<style>.ink{fill:#222}.line{fill:none;stroke-width:2}.best{stroke:#c2410c}.bound{stroke:#1d4ed8}.axis{stroke:#888}@media(prefers-color-scheme:dark){.ink{fill:#ddd}.best{stroke:#fb923c}.bound{stroke:#60a5fa}}</style>\n")
	fmt.Fprintf(&b, `<text class="ink" x="%g" y="22">%s: best %d, bound %d, gap %s</text>`+"\n", drawLeft, html.EscapeString(title), points(end.best), points(end.bound), gap(float64(end.best), float64(end.bound)))
	base := y(0)
	fmt.Fprintf(&b, `<path class="axis" fill="none" d="M%.1f %.1fV%.1fH%.1f"/>`+"\n", drawLeft, drawAbove, base, drawWidth-20)
	for decade := math.Pow(10, math.Ceil(math.Log10(first))); decade <= last; decade *= 10 {
		fmt.Fprintf(&b, `<text class="ink" x="%.1f" y="%.1f" text-anchor="middle">%g s</text>`+"\n", x(decade), base+20, decade)
	}
	for part := range 4 {
		cost := int64(top*float64(part)/3) * 100
		fmt.Fprintf(&b, `<text class="ink" x="%g" y="%.1f" text-anchor="end">%d</text>`+"\n", drawLeft-8, y(cost)+4, points(cost))
	}
	curve := func(class string, cost func(moment) int64) {
		fmt.Fprintf(&b, `<path class="line %s" d="M%.1f %.1f`, class, x(c[0].after.Seconds()), y(cost(c[0])))
		for _, m := range c[1:] {
			fmt.Fprintf(&b, "H%.1fV%.1f", x(m.after.Seconds()), y(cost(m)))
		}
		b.WriteString("\"/>\n")
	}
	curve("best", func(m moment) int64 { return m.best })
	curve("bound", func(m moment) int64 { return m.bound })
	b.WriteString("</svg>\n")
	return b.String()
}
