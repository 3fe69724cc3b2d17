// Command smena-bench measures Smena on public data by fixed protocols, and
// writes what independent checkers read.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// commands are the benchmarks.
type commands struct {
	Forecast   forecastCommand   `cmd:"" help:"Forecast the public volume series from rolling origins, and M4."`
	Staffing   staffingCommand   `cmd:"" help:"Time the staffing models, and compare them with pyworkforce."`
	M4         m4Command         `cmd:"" name:"m4" help:"Forecast series in the format of the M4 competition."`
	Mutate     mutateCommand     `cmd:"" help:"Change the rules one operator at a time, and say what no test minds."`
	NRP        nrpCommand        `cmd:"" name:"nrp" help:"Solve a public rostering instance, and say how far from the best it is."`
	NRPSuite   nrpSuiteCommand   `cmd:"" name:"nrp-suite" help:"Solve a folder of public rostering instances, and print how far each is from its best known value."`
	NRPPeers   nrpPeersCommand   `cmd:"" name:"nrp-peers" help:"Solve a folder of these instances beside OR-Tools CP-SAT and Timefold, and print one table."`
	Cores      coresCommand      `cmd:"" help:"Solve a folder of these instances with one core and with two, and compare."`
	Team       teamCommand       `cmd:"" help:"Make up a team of so many operators, and say how good a roster it gets how soon."`
	Repair     repairCommand     `cmd:"" help:"Let people of such a team fall ill, and say how soon and with how many others its roster is mended."`
	NRPJudge   nrpJudgeCommand   `cmd:"" name:"nrp-judge" help:"Judge solutions of a public rostering instance by Smena's rules."`
	MATSP      matspCommand      `cmd:"" name:"matsp" help:"Solve a public multi-activity shift scheduling instance: free starts and lengths, several tasks in a shift."`
	MATSPSuite matspSuiteCommand `cmd:"" name:"matsp-suite" help:"Solve a folder of these instances, and print how far above what no roster can beat each is."`
}

func main() {
	var c commands
	parsed := kong.Parse(&c, kong.Name("smena-bench"), kong.UsageOnError(), kong.Description("Measures Smena on public data."))
	if err := parsed.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "smena-bench: error: %v\n", err)
		os.Exit(1)
	}
}
