package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type mutateCommand struct {
	Repository string   `arg:"" help:"A copy of the repository that nobody else works in: its files are changed and changed back." type:"existingdir"`
	Package    string   `help:"Folder of the package." default:"roster" placeholder:"DIR"`
	Files      []string `help:"Files to mutate, without .go." default:"rest,hours,runs,available,wish,break,notice,count,window,matching,pattern,pair,mix,slot,fairness"`
	Every      int      `help:"Try only every so manieth mutant." default:"1"`
	Skip       string   `help:"Tests that have nothing to do with the files." default:"^TestReadTeam" placeholder:"REGEXP"`
	From       int      `help:"Start with this one, to share the work out." default:"0"`
}

// mutant is one small change of a file.
type mutant struct {
	path     string
	at       token.Position
	from, to int // bytes replaced
	text     string
}

// otherOperators are what an operator is mutated to: the boundary moved, the
// condition turned round, one of two forgotten.
var otherOperators = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR}, token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL}, token.LAND: {token.LOR}, token.LOR: {token.LAND}, token.ADD: {token.SUB}, token.SUB: {token.ADD},
}

// Run changes one thing at a time, and prints what no test minds.
func (c *mutateCommand) Run() error {
	if c.Every < 1 || c.From < 0 {
		return errors.New("--every and --from: expected numbers from 1 and from 0")
	}
	var all []mutant
	for _, name := range c.Files {
		found, err := mutants(filepath.Join(c.Repository, c.Package, name+".go"))
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	count := map[string]int{}
	for i := c.From; i < len(all); i += c.Every {
		outcome, err := c.try(all[i])
		if err != nil {
			return err
		}
		count[outcome]++
		if outcome == "lived" {
			fmt.Printf("lived: %s:%d:%d: %s\n", filepath.Base(all[i].path), all[i].at.Line, all[i].at.Column, all[i].text)
		}
	}
	fmt.Printf("%d mutants tried: %d found out by a test, %d lived, %d do not compile\n", count["found"]+count["lived"]+count["unbuilt"], count["found"], count["lived"], count["unbuilt"])
	return nil
}

// mutants lists the changes of one file: other operators, and comparisons with
// one more than what is written, which is a minute or a day.
func mutants(path string) (all []mutant, err error) {
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, path, nil, 0)
	if err != nil {
		return nil, err
	}
	ordered := []token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ}
	ast.Inspect(tree, func(n ast.Node) bool {
		b, is := n.(*ast.BinaryExpr)
		if !is {
			return true
		}
		at := files.Position(b.OpPos)
		for _, op := range otherOperators[b.Op] {
			all = append(all, mutant{path, at, at.Offset, at.Offset + len(b.Op.String()), op.String()})
		}
		if end := files.Position(b.Y.End()); slices.Contains(ordered, b.Op) {
			all = append(all, mutant{path, end, end.Offset, end.Offset, "+1"})
		}
		return true
	})
	return all, nil
}

// try runs the tests of the package with the mutant in its file.
func (c *mutateCommand) try(m mutant) (outcome string, err error) {
	text, err := os.ReadFile(m.path)
	if err != nil {
		return "", err
	}
	changed := string(text[:m.from]) + m.text + string(text[m.to:])
	if err := os.WriteFile(m.path, []byte(changed), 0o644); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.WriteFile(m.path, text, 0o644)) }()
	const patience = 2 * time.Minute
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	test := exec.CommandContext(ctx, "go", "test", "-short", "-vet=off", "-failfast", "-skip", c.Skip, "./"+c.Package)
	test.Dir = c.Repository
	said, failed := test.CombinedOutput()
	switch {
	case failed == nil:
		return "lived", nil
	case strings.Contains(string(said), "[build failed]"):
		return "unbuilt", nil
	}
	return "found", nil
}
