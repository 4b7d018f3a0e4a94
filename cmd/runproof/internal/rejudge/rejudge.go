// Package rejudge judges a bundle once more: what was recorded then, by the rules
// of now.
package rejudge

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// Run judges every playing of a bundle by the rules of this version, and makes the
// result of the run of that. What cannot be judged again is as it was recorded; of
// each such thing carried has a line that says why.
func Run(b *bundle.Reader) (r ledger.RunResult, carried []string) {
	then := b.Result()
	j := &rejudging{bundle: b, then: then, repetitions: 1}
	for _, p := range b.Playings() {
		j.repetitions = max(j.repetitions, p.Repetition+1)
	}
	set, err := claimset.Recorded(then.Provenance)
	if err != nil {
		return then, []string{"the whole run: as recorded: its claims and scenarios cannot be read: " + exit.Line(err)}
	}
	known, plays := set.Scenarios, conclude.Commands([]byte(then.Provenance.Runbook.Text))
	played := conclude.Played{Repetitions: j.scenarios(known, plays), Remedies: j.remedies(known)}
	played.Commands, played.Trials = j.commands(plays)
	return conclude.Run(set, then, played), j.carried
}

// rejudging is one judging of a bundle.
type rejudging struct {
	bundle      *bundle.Reader
	then        ledger.RunResult
	repetitions int
	carried     []string
}

func (j *rejudging) carry(what, why string) {
	j.carried = append(j.carried, what+": as recorded: "+why)
}

// scenarios judges those of the run that are no plays of commands, repetition by
// repetition.
func (j *rejudging) scenarios(known, commands []scenarios.Scenario) [][]judge.Result {
	type verdicts struct {
		of  []judge.Result
		why string // they are as recorded
	}
	again := make([]verdicts, len(j.then.Results))
	var judging errgroup.Group
	judging.SetLimit(runtime.GOMAXPROCS(0))
	for i, recorded := range j.then.Results {
		if _, isPlay := find(commands, recorded.Scenario); isPlay {
			continue
		}
		judging.Go(func() error {
			again[i].of, again[i].why = j.repeated(known, recorded.Scenario)
			return nil
		})
	}
	_ = judging.Wait() // what could not be judged says why
	all := make([][]judge.Result, j.repetitions)
	for i, recorded := range j.then.Results {
		if again[i].why != "" {
			j.carry(recorded.Scenario, again[i].why)
			again[i].of = []judge.Result{recorded}
		}
		for n, r := range again[i].of {
			all[n] = append(all[n], r)
		}
	}
	return all
}

// repeated judges the repetitions of one scenario.
func (j *rejudging) repeated(known []scenarios.Scenario, id string) (results []judge.Result, why string) {
	s, ok := find(known, id)
	if !ok {
		return nil, "the scenario is no longer known"
	}
	for n := range j.repetitions {
		if n > 0 && !j.has(record.Playing{Scenario: id, Repetition: n}) {
			break // the run ended before
		}
		r, why := j.attempts(s, n)
		if why != "" {
			return nil, why
		}
		results = append(results, r)
	}
	return results, ""
}

// attempts judges the attempts at one repetition. The second stands where the first
// decided nothing while the host stalled.
func (j *rejudging) attempts(s scenarios.Scenario, repetition int) (r judge.Result, why string) {
	p := record.Playing{Scenario: s.ID, Repetition: repetition}
	first, why := j.judged(s, p)
	if why != "" || !first.Overloaded {
		return first, why
	}
	p.Attempt = 1
	if !j.has(p) {
		return first, ""
	}
	second, why := j.judged(s, p)
	second.Discarded = &judge.Attempt{Verdict: first.Verdict, Reason: first.Reason}
	return second, why
}

func (j *rejudging) judged(s scenarios.Scenario, p record.Playing) (r judge.Result, why string) {
	events, why := j.events(s, p)
	if why != "" {
		return r, why
	}
	return judge.Judge(s, j.then.Mode, j.then.Strict, events), ""
}

// events are those of a playing, unless it cannot be judged as one of the scenario.
func (j *rejudging) events(s scenarios.Scenario, p record.Playing) (events []record.Event, why string) {
	if !j.has(p) {
		return nil, "there is no recording of " + p.Dir()
	}
	d, err := j.bundle.Definition(p)
	if err != nil {
		return nil, err.Error()
	}
	if why := d.Unjudgeable(s); why != "" {
		return nil, why
	}
	for e, err := range j.bundle.Events(p) {
		switch {
		case err != nil:
			return nil, err.Error()
		case e.Kind == record.EventTruncated:
			return nil, e.Text
		}
		events = append(events, e)
	}
	return events, ""
}

func (j *rejudging) has(p record.Playing) bool { return slices.Contains(j.bundle.Playings(), p) }

// commands judges the plays of the document's commands. Where one cannot be judged,
// all is as it was recorded: what follows from them follows from all together.
func (j *rejudging) commands(plays []scenarios.Scenario) (results []judge.Result, trials []ledger.Trial) {
	for _, s := range plays {
		if !j.has(record.Playing{Scenario: s.ID}) {
			continue
		}
		r, why := j.attempts(s, 0)
		if why != "" {
			j.carry("the runbook's commands", s.ID+": "+why)
			return j.commandsThen(plays), j.then.Trials
		}
		results = append(results, r)
	}
	if len(results) == 0 && len(j.then.Trials) > 0 {
		j.carry("the runbook's commands", "there is no recording of them")
		return j.commandsThen(plays), j.then.Trials
	}
	return results, nil
}

// commandsThen are the plays that did not pass, as they were recorded.
func (j *rejudging) commandsThen(plays []scenarios.Scenario) []judge.Result {
	return slices.DeleteFunc(slices.Clone(j.then.Results), func(r judge.Result) bool {
		_, isPlay := find(plays, r.Scenario)
		return !isPlay
	})
}

// remedies judges the arms of each scenario whose remedies were on trial.
func (j *rejudging) remedies(known []scenarios.Scenario) []judge.RemedyTrial {
	var trials []judge.RemedyTrial
	for i, t := range j.then.Remedies {
		if i > 0 && j.then.Remedies[i-1].Scenario == t.Scenario {
			continue
		}
		list, why := j.arms(known, t.Scenario)
		if why != "" {
			j.carry("the remedies of "+t.Scenario, why)
			list = slices.DeleteFunc(slices.Clone(j.then.Remedies), func(o judge.RemedyTrial) bool { return o.Scenario != t.Scenario })
		}
		trials = append(trials, list...)
	}
	return trials
}

func (j *rejudging) arms(known []scenarios.Scenario, id string) (trials []judge.RemedyTrial, why string) {
	s, ok := find(known, id)
	if !ok {
		return nil, "the scenario is no longer known"
	}
	var results []judge.ArmResult
	for i, arm := range s.Arms() {
		p := record.Playing{Scenario: id, Arm: i + 1}
		events, why := j.events(s, p)
		if why != "" {
			return nil, why
		}
		r := judge.Arm(s, arm, events)
		if p.Attempt = 1; r.Overloaded && j.has(p) {
			first := judge.Attempt{Verdict: r.Verdict, Reason: r.Reason}
			if events, why = j.events(s, p); why != "" {
				return nil, why
			}
			r = judge.Arm(s, arm, events)
			r.Discarded = &first
		}
		results = append(results, r)
	}
	return judge.WeighTrials(s, results), ""
}

func find(list []scenarios.Scenario, id string) (scenarios.Scenario, bool) {
	i := slices.IndexFunc(list, func(s scenarios.Scenario) bool { return s.ID == id })
	if i < 0 {
		return scenarios.Scenario{}, false
	}
	return list[i], true
}

// Differences lists what came out otherwise than it was recorded, a line for each
// scenario and claim.
func Differences(then, now ledger.RunResult) []string {
	var list []string
	verdicts := map[string]judge.Verdict{}
	for _, r := range then.Results {
		verdicts[r.Scenario] = r.Verdict
	}
	for _, r := range now.Results {
		if was := verdicts[r.Scenario]; was != r.Verdict {
			list = append(list, fmt.Sprintf("%s: %s, recorded as %s: %s", r.Scenario, r.Verdict, was, r.Reason))
		}
	}
	claims := map[string]ledger.ClaimVerdict{}
	for _, row := range then.Ledger {
		claims[nameOf(row)] = row.Verdict
	}
	for _, row := range now.Ledger {
		if was := claims[nameOf(row)]; was != row.Verdict {
			list = append(list, strings.TrimSuffix(fmt.Sprintf("%s: %s, recorded as %s: %s", nameOf(row), row.Verdict, was, row.Reason), ": "))
		}
	}
	return list
}

// nameOf tells a row of a ledger from the others.
func nameOf(row ledger.Row) string {
	if row.Statement == nil {
		return row.ID
	}
	return strings.TrimPrefix(row.ID+" of line "+strconv.Itoa(row.Statement.Line), " of ")
}
