package hazards

var harmfulAdvice = Rule{
	ID: "harmful-advice", Title: "what is advised does no harm",
	Why: "following the runbook makes the incident worse",
	Bad: Example{
		Runbook:  "# A\n## B\n**What to do:**\n\n- Start more replicas.\n",
		Remedies: []Remedy{{Text: "Start more replicas.", Fault: "the server is full", Effect: Harmful, Saw: "2 of 10 requests fail without, 9 of 10 with it"}},
	},
	Good: Example{
		Runbook:  "# A\n## B\n**What to do:**\n\n- Start more replicas.\n",
		Remedies: []Remedy{{Text: "Start more replicas.", Fault: "the processors are busy", Effect: Heals, Saw: "fast again after 5s"}},
	},
	find: func(r *reader, report func(finding)) {
		judged(r, Harmful, report, "warn of it where FAULT, and say what to do instead")
	},
}
