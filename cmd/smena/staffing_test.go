package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// staffingOf runs the command and reads its JSON.
func staffingOf(t *testing.T, line string) map[string]any {
	t.Helper()
	code, out, errs := try(t, strings.Fields("staffing --json "+line)...)
	if code != 0 {
		t.Fatalf("%s: exit %d, %s", line, code, errs)
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return answer
}

// Values of our reference, through the command: H6, H8, C1, C3, A1, A2, B2.
func TestStaffingCommand(t *testing.T) {
	t.Parallel()
	chats := "--aht 480s --concurrency 3 --slowdown 0.15 --target 80/60s "
	calls := "--arrivals 100/30m --aht 180s --target 80/20s "
	for _, c := range []struct {
		line string
		want map[string]float64
	}{
		{chats + "--arrivals 120/h --operators 8", map[string]float64{"p_wait": 0.34138, "mean_wait_seconds": 66.5701, "service_level": 0.74903, "mean_session_seconds": 597.718, "chats_per_busy_operator": 2.50603}},
		{chats + "--arrivals 60/30m --operators 10", map[string]float64{"p_wait": 0.02138, "mean_wait_seconds": 1.45023, "service_level": 0.99117, "mean_session_seconds": 557.713, "chats_per_busy_operator": 1.90274}},
		{chats + "--arrivals 120/h", map[string]float64{"operators": 9}},
		{calls + "--operators 14", map[string]float64{"p_wait": 0.1741319, "service_level": 0.88835, "mean_wait_seconds": 7.83594, "occupancy": 0.714286}},
		{calls + "--occupancy 0.85 --shrinkage 0.3 --model erlang-c --patience 1m", map[string]float64{"operators": 14, "scheduled": 20}},
		{calls + "--patience 5m --operators 14", map[string]float64{"abandonment": 0.013984, "service_level": 0.916792, "occupancy": 0.704297}},
		{calls + "--patience 5m --operators 14 --definition answered", map[string]float64{"service_level": 0.929794}},
		{calls + "--patience 5m --operators 14 --definition patient", map[string]float64{"service_level": 0.918714}},
		{calls + "--patience 5m --occupancy 0.85 --max-abandonment 0.05 --shrinkage 0.3 --model erlang-a", map[string]float64{"operators": 13, "scheduled": 19}},
		{"--arrivals 100/h --aht 6m --target 98/0s --model erlang-b --shrinkage 0.3", map[string]float64{"operators": 17, "scheduled": 25, "abandonment": 0.012949}},
	} {
		got := staffingOf(t, c.line)
		for key, want := range c.want {
			// Half a unit of the last digit that is printed, of up to seven.
			if is, ok := got[key].(float64); !ok || math.Abs(is-want) > 1e-6*want+5e-6 {
				t.Errorf("%s: %s is %v, want %v", c.line, key, got[key], want)
			}
		}
	}
}

// Simulated and exact agree, as the command has them.
func TestStaffingSimulated(t *testing.T) {
	t.Parallel()
	line := "--arrivals 120/h --aht 480s --concurrency 3 --slowdown 0.15 --patience 5m --trainees 2 --shrinkage 0.2"
	exact, simulated := staffingOf(t, line), staffingOf(t, line+" --model simulate --chats 200000")
	for _, key := range []string{"operators", "scheduled", "service_level", "p_wait", "abandonment", "occupancy"} {
		if a, b := exact[key].(float64), simulated[key].(float64); math.Abs(a-b) > 0.02 {
			t.Errorf("%s is %v, simulated %v", key, a, b)
		}
	}
}

func TestStaffingRefuses(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"--aht 0s":                       "a handling time of 0s is not possible",
		"--patience=-1s":                 "a patience of -1s is not possible",
		"--concurrency 0":                "a concurrency of 0 is not possible",
		"--concurrency 11":               "a concurrency of 11 is not possible",
		"--target 100/60s":               "--target: a service level of 100 % is not possible",
		"--target 0.8/60s":               "--target: a service level of 0.8 % is not possible",
		"--target NaN/60s":               "--target: a service level of NaN % is not possible",
		"--target 80":                    "is not a service level",
		"--shrinkage 1":                  "--shrinkage: a shrinkage of 1 is not possible",
		"--shrinkage NaN":                "--shrinkage: a shrinkage of NaN",
		"--slowdown NaN":                 "a slow-down of NaN is not possible",
		"--occupancy NaN":                "an occupancy of at most NaN",
		"--max-abandonment 2":            "an abandonment of at most 2",
		"--max-wait=-1s":                 "a mean wait of at most -1s",
		"--arrivals NaN/h":               "is not a rate",
		"--arrivals Inf/h":               "+Inf Erlang are not possible",
		"--arrivals 1e9/h":               "Erlang are not possible",
		"--operators=-1":                 "-1 operators are not possible",
		"--operators 3":                  "unstable: 120 chats an hour arrive and 3 operators can end",
		"--trainees 2 --trainee-share 0": "trainees who count for 0",
		"--model erlang-a":               "takes a patience",
		"--model simulate --chats 1":     "--chats: 1 is not possible",
		"--model simulate --operators 6": "unstable",
	} {
		if !strings.Contains(line, "--arrivals") {
			line += " --arrivals 120/h"
		}
		if !strings.Contains(line, "--aht") {
			line += " --aht 480s"
		}
		code, out, errs := try(t, strings.Fields("staffing "+line)...)
		if code != exitBad || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: exit %d, %q, %q; want %q", line, code, out, errs, want)
		}
	}
}
