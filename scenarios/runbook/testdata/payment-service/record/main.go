// Command record executes the commands of the payment service's runbook and
// keeps what came out in executions.json, for the rules of hazards to judge.
//
// It wants a Redis that may be emptied and takes DEBUG (port in RECORD_REDIS),
// a Postgres that may be filled (socket directory in RECORD_PGHOST, superuser
// postgres, trust), bash, jq, curl, psql and redis-cli. It plays the payment
// service on port 8080 and the bank-gateway on a port of its own.
//
//	go run ./scenarios/runbook/testdata/payment-service/record
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

const folder = "scenarios/runbook/testdata/payment-service"

// trials say in which worlds a command is tried, by a part of its text. The
// first that fits counts; what fits none is tried where all is well.
var trials = []struct {
	part   string
	worlds []string
	roles  []string
}{
	{"psql -h $PGHOST -U $PGUSER -d payments -c \"SELECT 1", []string{databaseAway}, nil},
	{"$PAY/health/live", []string{databaseAway}, nil},
	{"bank-gateway", []string{bankAway}, nil},
	{".circuit", []string{bankAway}, nil},
	{"merchant_id IS NULL", []string{orphan}, both},
	{"amount IS NULL", []string{orphan}, nil},
	{"SELECT count(*) FROM charges", []string{orphan}, both},
	{"SET app.merchant_id", []string{guardOff}, both},
	{"pg_policies", []string{guardOff}, both},
	{"relrowsecurity", []string{guardOff}, both},
	{"used_memory_human", []string{redisFull}, nil},
	{"SET probe", []string{redisFull}, nil},
	{"grep evicted", []string{redisFull}, nil},
	{"grep -c", []string{redisFull}, nil},
	{"receipt:*", []string{scenarios.WorldEmpty, scenarios.WorldLarge, scenarios.WorldOdd}, nil},
	{"rates:*", []string{scenarios.WorldEmpty}, nil},
	{"FLUSHDB", []string{scenarios.WorldEmpty}, nil},
}

var both = []string{"service", "superuser"}

func main() {
	log.SetFlags(0)
	text, err := os.ReadFile(filepath.Join(folder, "runbook.md"))
	check(err)
	home, err := os.MkdirTemp("", "record")
	check(err)
	defer os.RemoveAll(home)
	w := newWorld(home)
	var list []scenarios.Execution
	for _, s := range document.Parse(text).Statements {
		if s.Kind != document.Command || strings.HasPrefix(s.Text, "export ") {
			continue
		}
		if strings.HasPrefix(s.Text, "kubectl") {
			list = append(list, scenarios.Execution{Command: s.Text, World: scenarios.WorldHealthy, Unsupported: "there is no cluster"})
			continue
		}
		worlds, roles := []string{scenarios.WorldHealthy}, []string{""}
		for _, t := range trials {
			if strings.Contains(s.Text, t.part) {
				worlds = append(worlds, t.worlds...)
				if t.roles != nil {
					roles = t.roles
				}
				break
			}
		}
		for _, name := range worlds {
			for _, role := range roles {
				w.become(name)
				list = append(list, w.run(s.Text, name, role))
				log.Printf("line %d, %s %s: %s", s.Line, name, role, list[len(list)-1])
			}
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	check(enc.Encode(list))
	check(os.WriteFile(filepath.Join(folder, "executions.json"), out.Bytes(), 0o644))
}

// bound ends a command that does not end by itself.
const bound = 15 * time.Second

// quick is the bound for commands that are known to go on.
const quick = 2 * time.Second

func check(err error) {
	if err != nil {
		panic(fmt.Sprint("record: ", err))
	}
}
