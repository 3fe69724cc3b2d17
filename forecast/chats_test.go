package forecast_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/smena-wfm/smena/forecast"
)

// someChats writes n chats of three queues, about 2,000 a day, with local times in UTC.
func someChats(n int) []byte {
	chance := rand.New(rand.NewPCG(1, 1))
	var file bytes.Buffer
	fmt.Fprintln(&file, "started_at,queue,first_response_seconds,handle_seconds,abandoned,bot_resolved")
	at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for range n {
		at = at.Add(time.Duration(chance.ExpFloat64() * 43 * float64(time.Second)))
		fmt.Fprintf(&file, "%s,%s,%d,%d,%t,%t\n", at.Format("2006-01-02T15:04:05"), []string{"ru", "bg", "en"}[chance.IntN(3)],
			chance.IntN(99), 60+chance.IntN(840), chance.IntN(20) == 0, chance.IntN(5) == 0)
	}
	return file.Bytes()
}

// Every chat is counted once, whatever the interval.
func TestChatsAreAllCounted(t *testing.T) {
	t.Parallel()
	file := someChats(5000)
	for _, step := range []time.Duration{0, 5 * time.Minute, time.Hour} {
		h, report, err := forecast.ReadHistory(bytes.NewReader(file), forecast.ReadOptions{Zone: zone("UTC"), ChatInterval: step})
		if err != nil {
			t.Fatal(err)
		}
		offered, parts := 0.0, 0.0
		for _, r := range h.Records {
			offered += r.Offered
			parts += *r.Handled + *r.Abandoned + *r.BotResolved
		}
		if offered != 5000 || parts != 5000 || report.Rows != 5000 {
			t.Errorf("in %s: %v offered, %v handled, abandoned or resolved by the bot, of %d", h.Step, offered, parts, report.Rows)
		}
	}
}

// BenchmarkReadChats reads 100,000 single chats.
func BenchmarkReadChats(b *testing.B) {
	file := someChats(100_000)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := forecast.ReadHistory(bytes.NewReader(file), forecast.ReadOptions{Zone: zone("UTC")}); err != nil {
			b.Fatal(err)
		}
	}
}
