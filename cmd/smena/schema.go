package main

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smena-wfm/smena/roster"
)

type schemaCommand struct {
	What string `arg:"" enum:"team" help:"team: the team file."`
}

// Help is the example of the verb.
func (schemaCommand) Help() string {
	return `Example:
  smena schema team > team.schema.json`
}

// Run prints a JSON Schema, made from the very type that reads the file.
func (c *schemaCommand) Run(a *app) error {
	registry := huma.NewMapRegistry("#/$defs/", huma.DefaultSchemaNamer)
	root := registry.Schema(reflect.TypeFor[roster.Team](), true, "Team")
	return writeJSON(a.stdout, map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "Smena team file",
		"$ref":    root.Ref,
		"$defs":   registry.Map(),
	})
}
