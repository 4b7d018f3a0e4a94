package file

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
)

// remedyWord is a remedy as a file names it: by its constructor. One that needs no more
// than its claim is written "restart: a.claim".
type remedyWord struct {
	name string
	kind string
	// argument is what it needs beside the claim; empty: nothing.
	argument string
}

const (
	replicasKey = "replicas"
	commandKey  = "command"
	claimKey    = "claim"
)

var remedyWords = []remedyWord{
	{"restart", string(scenarios.RemedyRestart), ""},
	{"scale", string(scenarios.RemedyScale), replicasKey},
	{"fallback", string(scenarios.RemedyFallback), ""},
	{"asPrinted", string(scenarios.RemedyCommand), commandKey},
}

func (r *scenarioReader) remedies(n *yaml.Node) []scenarios.Remedy {
	var list []scenarios.Remedy
	var known []string
	for _, w := range remedyWords {
		known = append(known, w.name)
	}
	for _, item := range r.items(n) {
		entries := r.entries(item, "a remedy", known)
		if len(entries) > 1 {
			r.wrong(entries[1].at, "a remedy is one thing: %s or %s; begin another item of the list", entries[0].key, entries[1].key)
			continue
		}
		for _, e := range entries {
			w := remedyWords[slices.IndexFunc(remedyWords, func(w remedyWord) bool { return w.name == e.key })]
			list = append(list, r.remedy(w, e.value))
		}
	}
	return list
}

func (r *scenarioReader) remedy(w remedyWord, n *yaml.Node) (m scenarios.Remedy) {
	claim, replicas, command := "", 0, ""
	if w.argument == "" {
		claim, _ = r.text(n, w.name)
		r.names(claim, n)
	} else {
		for _, e := range r.entries(n, w.name, []string{claimKey, w.argument}) {
			switch e.key {
			case claimKey:
				claim, _ = r.text(e.value, e.key)
				r.names(claim, e.value)
			case replicasKey:
				replicas, _ = r.number(e.value, e.key)
			case commandKey:
				command, _ = r.text(e.value, e.key)
			}
		}
	}
	switch w.name {
	case "restart":
		return scenarios.Restart(claim)
	case "scale":
		return scenarios.Scale(claim, replicas)
	case "fallback":
		return scenarios.Fallback(claim)
	}
	return scenarios.AsPrinted(claim, command)
}
