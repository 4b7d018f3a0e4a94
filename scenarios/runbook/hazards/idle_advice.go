package hazards

import "regexp"

// limited are the words by which a runbook itself says where an advice is idle.
var limited = regexp.MustCompile(`(?i)\b(?:where|while|when|if|unless|as long as)\b.*\b(?:does|do|will|can) ?not (?:help|cure|heal|hasten|change)\b`)

var idleAdvice = Rule{
	ID: "idle-advice", Title: "what is advised helps",
	Why: "it costs the time that the right step would have needed, and when the trouble goes by itself, it gets the credit",
	Bad: Example{
		Runbook:  "# A\n## B\n**What to do:**\n\n- Restart the service.\n",
		Remedies: []Remedy{{Text: "Restart the service.", Fault: "redis is full", Effect: Idle, Saw: "as full afterwards as before"}},
	},
	Good: Example{
		Runbook: "# A\n## B\n**What to do:**\n\n- Restart the service.\n",
		Remedies: []Remedy{
			{Text: "Restart the service.", Fault: "redis refuses connections", Effect: Idle, Saw: "no faster than without"},
			{Text: "Restart the service.", Fault: "the pool is exhausted by a leak", Effect: Heals, Saw: "well after 2s, never without"},
		},
	},
	find: func(r *reader, report func(finding)) {
		judged(r, Idle, report, "leave it out where FAULT, or say when it helps; say what to wait for instead")
	},
}
