// Command smena plans the shifts of remote chat-support teams: from the
// history of chats to a calendar that every operator can subscribe to.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // zones where the machine has none

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	exitBad       = 1 // bad input, named
	exitUsage     = 2
	exitUncovered = 3 // done, but hours stay uncovered and --strict asks, or a checked roster is illegal
)

// errUncovered is how a command says that it did its work and hours stay uncovered.
var errUncovered = errors.New("hours stay uncovered")

// commands are the verbs.
type commands struct {
	Demo     demoCommand     `cmd:"" help:"Plan a small synthetic company and serve it: the quickest look at everything."`
	Serve    serveCommand    `cmd:"" help:"Serve the API and the feeds, and send reminders."`
	Import   importCommand   `cmd:"" help:"Read a history of chats into the database."`
	Forecast forecastCommand `cmd:"" help:"Forecast arrivals from a history file."`
	Staffing staffingCommand `cmd:"" help:"Say how many operators it takes to answer so many chats."`
	Plan     planCommand     `cmd:"" help:"Plan a roster from files to files, without a database."`
	Check    checkCommand    `cmd:"" help:"Judge any roster by contracts and laws."`
	Cost     costCommand     `cmd:"" help:"Count the hours of a roster by what they are paid for."`
	Fairness fairnessCommand `cmd:"" help:"Print who has carried how much of nights, weekends and holidays."`
	Rules    rulesCommand    `cmd:"" help:"Print the working-time law that rosters are judged by."`
	Simulate simulateCommand `cmd:"" help:"Certify a plan: simulate its roster chat by chat."`
	Repair   repairCommand   `cmd:"" help:"Mend a plan after an absence: who could work what instead."`
	Explain  explainCommand  `cmd:"" help:"Say why hours of a plan stay uncovered, and what would end that."`
	Hire     hireCommand     `cmd:"" help:"Find the cheapest crew for the demand of a plan, with a bound."`
	Remind   remindCommand   `cmd:"" help:"Send the reminders that are due now, for a system's own cron."`
	Schema   schemaCommand   `cmd:"" help:"Print the JSON Schema of a file."`
	Token    tokenCommand    `cmd:"" help:"Make a token for the API."`
	Version  versionFlag     `help:"Print the version."`
}

// app is what the outside gives to a command.
type app struct {
	ctx            context.Context
	stdout, stderr io.Writer
	now            func() time.Time
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(&app{ctx, os.Stdout, os.Stderr, time.Now}, os.Args[1:])
	stop()
	os.Exit(code)
}

// stopped leaves the parser where kong wants to exit the process.
type stopped int

// run runs one command line and returns the exit code.
func run(a *app, args []string) (code int) {
	defer func() {
		switch left := recover().(type) {
		case nil:
		case stopped:
			code = int(left)
		default: // a fault of ours must not look like success
			panic(left)
		}
	}()
	var c commands
	parser, err := kong.New(&c, kong.Name("smena"), kong.UsageOnError(),
		kong.Description("Shift scheduling and coverage planning for remote chat-support teams."),
		kong.Writers(a.stdout, a.stderr), kong.Exit(func(code int) { panic(stopped(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		panic("smena: " + err.Error())
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return misused(a, err)
	}
	return exitCode(a, parsed.Run(a))
}

// exitCode prints an error, with a hint where there is one.
func exitCode(a *app, err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUncovered), errors.Is(err, errBroken):
		fmt.Fprintf(a.stderr, "smena: %v\n", err)
		return exitUncovered
	case errors.Is(err, errUsage):
		return misused(a, err)
	}
	fmt.Fprintf(a.stderr, "smena: error: %s\n", strings.ReplaceAll(err.Error(), "\n", "\nsmena: error: "))
	var hinted *hintedError
	if errors.As(err, &hinted) {
		fmt.Fprintf(a.stderr, "smena: hint: %s\n", hinted.hint)
	}
	return exitBad
}

// misused prints an error in how a command was called.
func misused(a *app, err error) int {
	fmt.Fprintf(a.stderr, "smena: error: %v\nsmena: hint: smena --help lists the commands, smena <command> --help explains one\n", err)
	return exitUsage
}

// errUsage is wrapped by errors about flags without which a command cannot do.
var errUsage = errors.New("missing flags")

// hintedError is an error that the reader can do something about.
type hintedError struct {
	error
	hint string
}

// Unwrap implements errors.Is and errors.As.
func (h *hintedError) Unwrap() error { return h.error }

// version is set by the linker in releases.
var version = "development"

type versionFlag bool

// BeforeReset prints the version and leaves.
func (versionFlag) BeforeReset(k *kong.Kong) error {
	fmt.Fprintln(k.Stdout, "smena", version)
	k.Exit(0)
	return nil
}
