package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/runproof/runproof/scenarios"
)

// The worlds in which something is broken.
const (
	databaseAway = "postgres refuses connections"
	bankAway     = "bank-gateway refuses connections"
	orphan       = "a charge without merchant and amount"
	guardOff     = "row level security is off"
	redisFull    = "redis is full"
)

// world is what stands around the commands.
type world struct {
	home, pg, redis string
	broken          atomic.Value // the name of the world
}

func newWorld(home string) *world {
	w := &world{home: home, pg: os.Getenv("RECORD_PGHOST"), redis: os.Getenv("RECORD_REDIS")}
	w.broken.Store(scenarios.WorldHealthy)
	bank, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go http.Serve(bank, http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprintln(rw, `{"status":"UP"}`) }))
	pay, err := net.Listen("tcp", "127.0.0.1:8080")
	check(err)
	go http.Serve(pay, http.HandlerFunc(w.service))
	check(os.Mkdir(filepath.Join(home, "bin"), 0o755))
	wrapper := fmt.Sprintf("#!/bin/sh\nexec %s -p %s \"$@\"\n", must(exec.LookPath("redis-cli")), w.redis)
	check(os.WriteFile(filepath.Join(home, "bin", "redis-cli"), []byte(wrapper), 0o755))
	w.curl(bank.Addr().String())
	return w
}

func must(s string, err error) string { check(err); return s }

// curl makes bank-gateway:9000 lead to an address.
func (w *world) curl(address string) {
	check(os.WriteFile(filepath.Join(w.home, ".curlrc"), []byte("connect-to = \"bank-gateway:9000:"+address+"\"\n"), 0o644))
	if _, err := os.Stat(filepath.Join(w.home, "bank")); err != nil {
		check(os.WriteFile(filepath.Join(w.home, "bank"), []byte(address), 0o644))
	}
}

// service answers as the payment service does.
func (w *world) service(rw http.ResponseWriter, r *http.Request) {
	name := w.broken.Load().(string)
	database, circuit, status := "UP", "CLOSED", "UP"
	switch name {
	case databaseAway:
		database, status = "DOWN", "DOWN"
	case bankAway:
		circuit = "OPEN"
	}
	rw.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/health/live":
		fmt.Fprintln(rw, `{"status":"UP"}`)
	case "/version":
		fmt.Fprintln(rw, `{"version":"3.2.0"}`)
	case "/health/ready":
		fmt.Fprintf(rw, `{"status":%q,"circuit":%q,"checks":{"database":%q,"cache":"UP","bank":"UP","queue":"IDLE"},"time":"2026-03-01T07:30:00Z"}`+"\n", status, circuit, database)
	case "/v2/charges":
		rw.WriteHeader(http.StatusBadRequest)
		fmt.Fprintln(rw, `{"missing":["merchant","amount"]}`)
	default:
		http.NotFound(rw, r)
	}
}

const schema = `
DROP DATABASE IF EXISTS payments WITH (FORCE);
DROP ROLE IF EXISTS payments_app; DROP ROLE IF EXISTS ledger_owner;
CREATE ROLE payments_app LOGIN; CREATE ROLE ledger_owner LOGIN;
CREATE DATABASE payments OWNER ledger_owner;
\c payments
SET ROLE ledger_owner;
CREATE TABLE charges (id int PRIMARY KEY, merchant_id text, amount int, idem_key text);
INSERT INTO charges VALUES (1,'m-0',500,'a'),(2,'m-1',700,'b'),(3,'m-1',900,'c');
ALTER TABLE charges ENABLE ROW LEVEL SECURITY;
CREATE POLICY per_merchant ON charges USING (merchant_id = current_setting('app.merchant_id', true));
CREATE TABLE receipts (id int, sent_at timestamptz);
CREATE TABLE batches (id int, state text);
INSERT INTO batches VALUES (6,'open'),(7,'parked'),(8,'parked'),(9,'parked');
GRANT SELECT ON charges, receipts TO payments_app;
GRANT SELECT, UPDATE ON batches TO payments_app;
`

// become makes a world anew, then breaks it.
func (w *world) become(name string) {
	w.broken.Store(name)
	w.psql("postgres", schema)
	w.cli("CONFIG", "SET", "maxmemory", "0")
	w.cli("FLUSHALL")
	w.cli("CONFIG", "RESETSTAT")
	address := string(read(filepath.Join(w.home, "bank")))
	logged := "listening\n"
	if name != scenarios.WorldEmpty {
		for _, key := range []string{"receipt:1", "receipt:2", "receipt:3", "fx:rate:EUR", "fx:rate:USD", "idem:m-1:a", "idem:m-1:b", "idem:m-0:a"} {
			w.cli("SET", key, "x")
		}
	}
	switch name {
	case scenarios.WorldLarge:
		w.cli("DEBUG", "POPULATE", "1000000", "receipt", "16")
	case scenarios.WorldOdd:
		w.cli("SET", "receipt:for o'hara", "x")
		w.cli("SET", "receipt:two words", "x")
	case bankAway:
		address = "127.0.0.1:1"
	case orphan:
		w.psql("payments", "INSERT INTO charges VALUES (4,NULL,NULL,'d');")
	case guardOff:
		w.psql("payments", "ALTER TABLE charges DISABLE ROW LEVEL SECURITY;")
	case redisFull:
		w.cli("DEBUG", "POPULATE", "50000", "receipt", "64")
		w.cli("CONFIG", "SET", "maxmemory", "5mb")
		logged += strings.Repeat("cache write refused\n", 3)
	}
	w.curl(address)
	check(os.WriteFile(filepath.Join(w.home, "payment-service.log"), []byte(logged), 0o644))
}

func read(path string) []byte {
	text, err := os.ReadFile(path)
	check(err)
	return text
}

func (w *world) psql(database, query string) string {
	cmd := exec.Command("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", w.pg, "-U", "postgres", "-d", database)
	cmd.Stdin = strings.NewReader(query)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	check(err)
	return strings.TrimSpace(string(out))
}

func (w *world) cli(args ...string) string {
	out, err := exec.Command("redis-cli", append([]string{"-p", w.redis}, args...)...).CombinedOutput()
	check(err)
	return strings.TrimSpace(string(out))
}

// state counts what there is.
func (w *world) state() map[string]string {
	m := map[string]string{}
	const count = `local n = 0; local c = '0'; repeat local r = redis.call('SCAN', c, 'MATCH', ARGV[1], 'COUNT', 10000); c = r[1]; n = n + #r[2] until c == '0'; return n`
	known := 0
	for _, pattern := range []string{"receipt:*", "fx:rate:*", "idem:*"} {
		n := w.cli("EVAL", count, "0", pattern)
		m["redis "+pattern] = n
		var i int
		fmt.Sscan(n, &i)
		known += i
	}
	var all int
	fmt.Sscan(w.cli("DBSIZE"), &all)
	m["redis other keys"] = fmt.Sprint(all - known)
	for name, query := range map[string]string{
		"postgres charges": "SELECT count(*) FROM charges", "postgres batches parked": "SELECT count(*) FROM batches WHERE state='parked'",
		"postgres batches open":         "SELECT count(*) FROM batches WHERE state='open'",
		"postgres charges row security": "SELECT relrowsecurity FROM pg_class WHERE relname='charges'",
	} {
		m[name] = w.psql("payments", query+";")
	}
	return m
}
