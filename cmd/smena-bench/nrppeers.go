package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// nrpPeersCommand solves public rostering instances beside released solvers, one
// after another on the same machine, and has a checker score every roster.
type nrpPeersCommand struct {
	Dir       string `arg:"" help:"Folder with files such as Instance7.txt." type:"existingdir"`
	Only      []int  `help:"Only these instances."`
	Python    string `help:"A Python that has OR-Tools, for cmd/smena-bench/cpsat.py; it is left out without."`
	Timefold  string `help:"Folder with the built Timefold peer: its jar, and lib; it is left out without." type:"existingdir"`
	Checker   string `help:"A script that scores rosters, called with an instance and a roster; Smena's judge does without." type:"existingfile"`
	searching `embed:""`
}

// Run prints a line for each instance.
func (c *nrpPeersCommand) Run() error {
	paths, err := instancesIn(c.Dir, c.Only)
	if err != nil {
		return err
	}
	out, err := os.MkdirTemp("", "nrp-peers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(out)
	fmt.Printf("penalties after %.0f s each, %d cores (Timefold has one), every roster scored anew; none: no legal roster\n", c.Seconds, c.cores())
	fmt.Printf("%8s %10s %10s %10s %10s\n", "instance", "best known", "Smena", "CP-SAT", "Timefold")
	for _, path := range paths {
		i := instanceNumber(path)
		line := fmt.Sprintf("%8d %10d", i, bestKnown[i])
		for _, solver := range []func(path, roster string) error{c.smena, c.cpsat, c.timefold} {
			file := filepath.Join(out, "roster.txt")
			_ = os.Remove(file) // the one before
			err := solver(path, file)
			if errors.Is(err, errLeftOut) {
				line += fmt.Sprintf(" %10s", "-")
				continue
			}
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			penalty, err := c.score(path, file)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			line += fmt.Sprintf(" %10s", penalty)
		}
		fmt.Println(line)
	}
	return nil
}

// errLeftOut says that a solver was not asked for.
var errLeftOut = errors.New("left out")

func (c *nrpPeersCommand) smena(path, file string) error {
	instance, err := readNRP(path)
	if err != nil {
		return err
	}
	result, _, err := c.solve(instance.problem, 1)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(instance.format(result.Assignments)), 0o644)
}

func (c *nrpPeersCommand) cpsat(path, file string) error {
	if c.Python == "" {
		return errLeftOut
	}
	return run(c.Python, "cmd/smena-bench/cpsat.py", path, "--seconds", fmt.Sprint(c.Seconds), "--workers", fmt.Sprint(c.cores()), "--out", file)
}

func (c *nrpPeersCommand) timefold(path, file string) error {
	if c.Timefold == "" {
		return errLeftOut
	}
	jars := filepath.Join(c.Timefold, "*") + string(os.PathListSeparator) + filepath.Join(c.Timefold, "lib", "*")
	return run("java", "-cp", jars, "peer.Main", path, fmt.Sprint(c.Seconds), file)
}

// run runs a program; what it writes is shown if it fails.
func run(name string, args ...string) error {
	if said, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(said)))
	}
	return nil
}

// score is the penalty of a roster, or none if it breaks a rule or is not there.
func (c *nrpPeersCommand) score(path, file string) (string, error) {
	const none = "none"
	if _, err := os.Stat(file); err != nil {
		return none, nil
	}
	if c.Checker != "" {
		said, err := exec.Command("python3", c.Checker, path, file).CombinedOutput()
		var failed *exec.ExitError
		if errors.As(err, &failed) && failed.ExitCode() == 1 {
			return none, nil
		}
		_, penalty, found := strings.Cut(string(said), "\npenalty: ")
		if err != nil || !found {
			return "", fmt.Errorf("%s: %w: %s", c.Checker, err, said)
		}
		return strings.TrimSpace(penalty), nil
	}
	instance, err := readNRP(path)
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	all, err := instance.solution(string(text))
	if err != nil {
		return "", err
	}
	penalty, hard := instance.judge(all, false)
	if hard > 0 {
		return none, nil
	}
	return strconv.FormatInt(penalty, 10), nil
}
