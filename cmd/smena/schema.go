package main

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smena-wfm/smena/roster"
)

type schemaCommand struct {
	What string `arg:"" enum:"team,law,what-if" help:"team: the team file. law: the packs of working-time law. what-if: the scenarios of smena plan."`
}

// Help is the example of the verb.
func (schemaCommand) Help() string {
	return `Example:
  smena schema team > team.schema.json`
}

// Run prints a JSON Schema, made from the very type that reads the file.
func (c *schemaCommand) Run(a *app) error {
	registry := huma.NewMapRegistry("#/$defs/", huma.DefaultSchemaNamer)
	of, title, name := reflect.TypeFor[roster.Team](), "Smena team file", "Team"
	switch c.What {
	case "law":
		of, title, name = reflect.TypeFor[roster.Law](), "Smena working-time law", "Law"
	case "what-if":
		of, title, name = reflect.TypeFor[scenarioFile](), "Smena scenarios", "Scenarios"
	}
	root := registry.Schema(of, true, name)
	return writeJSON(a.stdout, map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   title,
		"$ref":    root.Ref,
		"$defs":   registry.Map(),
	})
}
