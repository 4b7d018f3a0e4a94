package trial_test

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/trial"
)

const (
	refused = "postgres refuses connections"
	noRLS   = "row level security is off"
)

// TestWhatFollowsFromExecutions tries one command in each way in which it can
// come out. By hand: without shut, the answer 401 is UNTESTED at the most.
func TestWhatFollowsFromExecutions(t *testing.T) {
	healthy := func(x scenarios.Execution) scenarios.Execution { x.World = scenarios.WorldHealthy; return x }
	in := func(world, stdout string) scenarios.Execution {
		return scenarios.Execution{World: world, Exits: []int{0}, Stdout: stdout}
	}
	as := func(role string, x scenarios.Execution) scenarios.Execution { x.As = role; return x }
	up, down := in(scenarios.WorldHealthy, "UP"), in(refused, "DOWN")
	for _, c := range []struct {
		name, block string
		runs        []scenarios.Execution
		verdict     ledger.ClaimVerdict
		reason      string
	}{
		{"tells the fault apart", "# Does the database answer?\ncheck", []scenarios.Execution{up, down, in(scenarios.WorldHealed, "UP")}, ledger.True, ""},
		{"counts on", "# Does the database answer?\ncheck", []scenarios.Execution{in(scenarios.WorldHealthy, "UP\nhits:1"), down, in(scenarios.WorldHealed, "UP\nhits:3")}, ledger.True, ""},
		// Seen red, and TRUE, while healthy was not compared with healthy.
		{"changes by itself", "# Does the database answer?\ncheck", []scenarios.Execution{in(scenarios.WorldHealthy, "cpu 0.1"), in(refused, "cpu 0.2"), in(scenarios.WorldHealed, "cpu 0.3")}, ledger.Untested, "by itself"},
		{"stays as under the fault", "# Does the database answer?\ncheck", []scenarios.Execution{up, down, in(scenarios.WorldHealed, "DOWN")}, ledger.Untested, "still reads as under the fault"},
		{"tells nothing apart", "# Does the database answer?\ncheck", []scenarios.Execution{up, in(refused, "UP")}, ledger.Untested, "reads the same although " + refused},
		{"tells another fault apart", "# Are the policies active?\ncheck", []scenarios.Execution{up, down, in(noRLS, "UP")}, ledger.Untested, "reads the same although " + noRLS},
		{"tells it to one role", "# Are the policies active?\ncheck", []scenarios.Execution{as("service", up), as("superuser", up), as("service", in(noRLS, "UP")), as("superuser", in(noRLS, "rows"))}, ledger.True, ""},
		{"cannot run", "check", []scenarios.Execution{healthy(scenarios.Execution{Exits: []int{3, 0}, Stderr: "curl: (3) no URL"})}, ledger.False, "does not run as printed"},
		{"fails with exit code 0", "check", []scenarios.Execution{in(scenarios.WorldHealthy, "ERR wrong number of arguments")}, ledger.False, "ERR wrong number"},
		{"runs in one role", "# Does the database answer?\ncheck", []scenarios.Execution{as("service", healthy(scenarios.Execution{Exit: 1, Exits: []int{1}, Stderr: "ERROR: permission denied"})), as("superuser", up), as("superuser", down)}, ledger.True, ""},
		{"prints null", "check", []scenarios.Execution{in(scenarios.WorldHealthy, "null\n")}, ledger.False, "no such field"},
		{"is not let in", "check", []scenarios.Execution{in(scenarios.WorldHealthy, `{"type":"about:blank", "status": 401}`)}, ledger.False, "not let in"},
		{"another number of rows", "check # Should return 0 rows", []scenarios.Execution{in(scenarios.WorldHealthy, " id \n----\n 7\n(1 row)\n")}, ledger.Untested, ""},
		{"no cluster", "check", []scenarios.Execution{healthy(scenarios.Execution{Unsupported: "no cluster"})}, ledger.Untested, "no cluster"},
		{"never executed", "check", nil, ledger.Untested, "was not executed"},
	} {
		d := document.Parse([]byte("# A\n\n## B\n\n```bash\n" + c.block + "\n```\n"))
		command := d.Statements[0]
		var runs []scenarios.Execution
		for _, x := range c.runs {
			x.Command, x.Statement = command.Text, command.ID
			runs = append(runs, x)
		}
		trials := trial.Judge(trial.Input{Document: d, Executions: runs})
		if got := trials[0]; got.Verdict != c.verdict || !strings.Contains(got.Reason, c.reason) || (got.Verdict == ledger.True) != (got.CounterExample != "") {
			t.Errorf("%s: %s: %s (%s)", c.name, got.Verdict, got.Reason, got.CounterExample)
		}
		if wrong := len(trials) == 2 && trials[1].Verdict == ledger.False; wrong != (c.name == "another number of rows") {
			t.Errorf("%s: %+v", c.name, trials)
		}
	}
}

// TestOnlyWhatCanBeBelievedCounts: under a fault that no witness has seen to
// the end an execution says nothing.
func TestOnlyWhatCanBeBelievedCounts(t *testing.T) {
	present := record.WitnessReport{Presence: record.Active}
	answer := func(phase scenarios.Phase) judge.Answer {
		return judge.Answer{Phase: phase, Step: scenarios.Sh("s", "check"), Executions: []scenarios.Execution{{Command: "check"}}}
	}
	// By a run that is ended, say: the command gets an exit code from our signal.
	cutShort := answer(scenarios.PhaseBefore)
	cutShort.Err, cutShort.Executions[0].Exit = "not waited for: interrupted", 143
	for _, c := range []struct {
		verdict   judge.Verdict
		witnessed []scenarios.Phase
		want      int
	}{
		{judge.Passed, []scenarios.Phase{scenarios.PhaseDuring, scenarios.PhaseHeal}, 3},
		{judge.Failed, []scenarios.Phase{scenarios.PhaseDuring, scenarios.PhaseHeal}, 3},
		{judge.Inconclusive, []scenarios.Phase{scenarios.PhaseDuring}, 1},
		{judge.Broken, nil, 1},
	} {
		r := judge.Result{Verdict: c.verdict, Answers: []judge.Answer{
			answer(scenarios.PhaseBefore), cutShort, answer(scenarios.PhaseDuring), answer(scenarios.PhaseAfter),
		}}
		for _, phase := range c.witnessed {
			r.WitnessReports = append(r.WitnessReports, judge.WitnessCheck{Phase: phase, Report: present})
		}
		if list, _ := trial.Collect([]judge.Result{r}); len(list) != c.want || len(list) > 0 && list[0].Statement != "s" {
			t.Errorf("%s: %d count: %+v", c.verdict, len(list), list)
		}
	}
}

func TestEveryCommandIsPlayed(t *testing.T) {
	d := document.Parse([]byte("# A\n\n```bash\npsql -c 'SELECT 1'\nredis-cli DEL a\nredis-cli INFO\nkubectl get pods\nredis-cli DEL a\n```\n"))
	writes := func(text string) bool { return strings.Contains(text, "DEL") }
	played := map[string]int{}
	for _, s := range trial.Plays(d, writes) {
		if err := s.Script().Validate(); err != nil || len(s.Steps) == 0 {
			t.Errorf("%s: %d commands, %v", s.ID, len(s.Steps), err)
		}
		for _, step := range s.Steps {
			if s.Data == "" {
				played[step.Claim]++
			}
			if s.ID == "commands" && writes(step.Command) {
				t.Error("a command that changes something is executed among the questions")
			}
		}
	}
	for _, s := range d.Statements {
		if played[s.ID] != 1 {
			t.Errorf("%s is executed %d times in the healthy world", s.Text, played[s.ID])
		}
	}
}

// TestWhatIsSaidOfAnOutputIsTried: a field of the expected output is TRUE where
// it is shown as said and a broken world shows it otherwise; a number of rows
// likewise, in the role that sees them. By hand: without the comparison with
// the healthy world, a role that is never shown it makes it TRUE as well.
func TestWhatIsSaidOfAnOutputIsTried(t *testing.T) {
	const text = "# A\n\n```bash\n# Look\nask\n```\n\nExpected output:\n\n```json\n{\n  \"status\": \"UP\",\n  \"name\": \"a\"\n}\n```\n\n```bash\n# Look\ncount # 0 rows\n```\n"
	d := document.Parse([]byte(text))
	in := trial.Input{Document: d}
	for _, s := range d.Statements {
		run := func(world, as, stdout string) {
			in.Executions = append(in.Executions, scenarios.Execution{Statement: s.ID, Command: s.Text, World: world, As: as, Stdout: stdout, Exits: []int{0}})
		}
		switch s.Text {
		case "ask":
			run(scenarios.WorldHealthy, "", `{"status":"UP","name":"a"}`)
			run(refused, "", `{"status":"DOWN","name":"a"}`)
		case "count":
			run(scenarios.WorldHealthy, "service", "(0 rows)")
			run(scenarios.WorldHealthy, "superuser", "(0 rows)")
			run(scenarios.WorldNoTenant, "service", "(0 rows)")
			run(scenarios.WorldNoTenant, "superuser", "(1 row)")
		}
	}
	verdicts := map[string]ledger.Trial{}
	for _, tr := range trial.Judge(in) {
		verdicts[tr.Statement.Text] = tr
	}
	for _, s := range d.Statements {
		got := verdicts[s.Text]
		switch {
		case s.Key == "status" && (got.Verdict != ledger.True || !strings.HasPrefix(got.CounterExample, refused)),
			s.Key == "name" && got.Verdict != "",
			s.Kind == document.Comment && (got.Verdict != ledger.True || !strings.HasPrefix(got.CounterExample, scenarios.WorldNoTenant)):
			t.Errorf("%s: %+v", s.Text, got)
		}
	}
	if len(verdicts) != 4 {
		t.Errorf("%d verdicts: %+v", len(verdicts), verdicts)
	}
}
