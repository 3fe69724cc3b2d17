package remedy

import (
	"strings"
	"testing"
)

// Whoever is to be hired lives where there is land: no clock is 15 hours behind.
func TestSayHire(t *testing.T) {
	t.Parallel()
	for ahead, want := range map[int]string{-11: "UTC+9 to UTC-7", 0: "UTC-4 to UTC+4", 12: "UTC+8 to UTC-8"} {
		if got := sayHire("ru", 20, ahead).English; !strings.HasSuffix(got, want) {
			t.Errorf("%d hours ahead: %q, want %q", ahead, got, want)
		}
	}
}
