package contract

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Row is one documented answer in the table of coverage.
type Row struct {
	Operation string   `json:"operation"`
	Status    int      `json:"status"`
	Seen      int      `json:"seen"`            // answers
	Fields    int      `json:"fields"`          // documented fields and values of the body
	Unseen    []string `json:"unseen"`          // of those, the ones never seen
	Needs     string   `json:"needs,omitempty"` // what it cannot be seen without, in the document's words
}

// FieldRow is one field of a request in the table of coverage.
type FieldRow struct {
	Operation string `json:"operation"`
	Field     string `json:"field"`
	Accepted  int    `json:"accepted"`
	Refused   int    `json:"refused"`
}

// Report is a coverage held against its contract.
type Report struct {
	Answers  []Row      `json:"answers"`
	Requests []FieldRow `json:"requests"`
}

// Report holds what was seen against what is documented.
func (c *Contract) Report(seen Coverage) Report {
	var r Report
	for _, o := range c.operations {
		responses := o.route.Operation.Responses.Map()
		for _, status := range slices.Sorted(maps.Keys(responses)) {
			answer := o.String() + " " + status
			row := Row{Operation: o.String(), Seen: seen[answer]}
			row.Status, _ = strconv.Atoi(status)
			row.Needs, _ = responses[status].Value.Extensions["x-needs"].(string)
			wanted := map[string]bool{}
			for _, media := range responses[status].Value.Content {
				points(media.Schema.Value, "", wanted)
			}
			row.Fields = len(wanted)
			for _, point := range slices.Sorted(maps.Keys(wanted)) {
				if seen[answer+" "+point] == 0 {
					row.Unseen = append(row.Unseen, point)
				}
			}
			r.Answers = append(r.Answers, row)
		}
		for _, f := range o.fields() {
			at := fmt.Sprintf("%s > %s ", o, f.name)
			r.Requests = append(r.Requests, FieldRow{
				Operation: o.String(), Field: f.name, Accepted: seen[at+"accepted"], Refused: seen[at+"refused"],
			})
		}
	}
	return r
}

// Unseen lists the documented answers that were never seen and that can be
// seen without a fault or load.
func (r Report) Unseen() []string {
	var list []string
	for _, row := range r.Answers {
		if row.Seen == 0 && row.Needs == "" {
			list = append(list, fmt.Sprintf("%s %d", row.Operation, row.Status))
		}
	}
	return list
}

// String is the table for people, with what was never seen below it.
func (r Report) String() string {
	var b strings.Builder
	answers, seenAnswers, fields, seenFields := 0, 0, 0, 0
	fmt.Fprintf(&b, "%-36s %6s %6s  %-9s %s\n", "operation", "status", "seen", "fields", "never seen")
	for _, row := range r.Answers {
		answers++
		note := strings.Join(row.Unseen, " ")
		if row.Seen == 0 {
			note = "everything"
			if row.Needs != "" {
				note += "; it needs " + row.Needs
			}
		} else {
			seenAnswers++
			fields += row.Fields
			seenFields += row.Fields - len(row.Unseen)
		}
		fmt.Fprintf(&b, "%-36s %6d %6d  %-9s %s\n", row.Operation, row.Status, row.Seen,
			fmt.Sprintf("%d/%d", row.Fields-len(row.Unseen), row.Fields), note)
	}
	fmt.Fprintf(&b, "\n%-36s %-18s %9s %9s\n", "operation", "field of the request", "accepted", "refused")
	for _, row := range r.Requests {
		fmt.Fprintf(&b, "%-36s %-20s %7d %9d\n", row.Operation, row.Field, row.Accepted, row.Refused)
	}
	fmt.Fprintf(&b, "\nseen: %d of %d documented answers; of those, %d of %d fields and values\n", seenAnswers, answers, seenFields, fields)
	if unseen := r.Unseen(); len(unseen) > 0 {
		fmt.Fprintf(&b, "documented, possible without a fault, and never seen: %s\n", strings.Join(unseen, ", "))
	}
	return b.String()
}
