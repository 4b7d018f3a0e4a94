package gameday

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/livepage"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/fixtures/gameday/labtest"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/gameday"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// playing is a game with its pages that goes on until the test ends.
func playing(t *testing.T) (*fixture.Game, *labtest.Lab, *pages) {
	t.Helper()
	from := []gameday.Candidate{{
		Scenario: "database-refused", Title: "Postgres is gone", Section: "Database Connection Issues",
		Severity: scenarios.P1, Fault: fault.Refuse(fault.Postgres), Weight: 1,
	}}
	draw, err := gameday.NewDraw(1, gameday.Rules{Players: 1, Duration: 30 * time.Minute, Speed: 10, Faults: 1}, from)
	if err != nil {
		t.Fatal(err)
	}
	draw.Plays[0].At = 0
	book, source, err := openBook("", candidates(symptoms.All(), nil))
	if err != nil {
		t.Fatal(err)
	}
	sealed := gameday.Sealed{Draw: draw, Salt: strings.Repeat("ab", 32)}
	hash, err := sealed.Hash()
	if err != nil {
		t.Fatal(err)
	}
	l := &labtest.Lab{}
	g := fixture.New(l, fixture.Options{ID: "gameday-1", Published: hash, Sealed: sealed, Book: book, Rate: 20, Scenarios: symptoms.All()})
	p, err := servePages(g, "event-service", "run-1", book, source, "http://127.0.0.9:3003", "facilitators-key")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = g.Play(ctx) // aborted at the end
	}()
	t.Cleanup(func() { stop(); <-ended; p.close() })
	wait(t, func() bool { return g.View("").Page != "" })
	return g, l, p
}

func wait(t *testing.T, until func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for !until() {
		select {
		case <-ctx.Done():
			t.Fatal("it never came")
		case <-ticker.C:
		}
	}
}

var client = &http.Client{
	Transport:     &http.Transport{},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func request(t *testing.T, method, address, form string, change func(*http.Request)) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if change != nil {
		change(r)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestWhoHasNoTokenGetsNothing(t *testing.T) {
	_, _, p := playing(t)
	for name, c := range map[string]struct {
		method, address, form string
		change                func(*http.Request)
		status                int
	}{
		"the console":                {"GET", p.console(), "", nil, 200},
		"the facilitator's page":     {"GET", p.facilitator(), "", nil, 200},
		"no token":                   {"GET", "http://" + p.server.Host + "/", "", nil, 404},
		"a wrong token":              {"GET", "http://" + p.server.Host + "/facilitators-kez/", "", nil, 404},
		"an address by another name": {"GET", p.console(), "", func(r *http.Request) { r.Host = "evil.example" }, 404},
		"a form of another page":     {"POST", p.console() + "do", "action=resolve", func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, 403},
		"abort with the players'":    {"POST", p.console() + "do", "action=abort", nil, 400},
		"inject with the players'":   {"POST", p.console() + "do", "action=inject&scenario=redis-slow", nil, 400},
		"no such path":               {"GET", p.console() + "truth", "", nil, 404},
		"another method":             {"DELETE", p.console(), "", nil, 405},
		"a form that is too long":    {"POST", p.console() + "do", "action=note&text=" + strings.Repeat("a", livepage.MaxForm), nil, 400},
	} {
		status, text := request(t, c.method, c.address, c.form, c.change)
		if status != c.status {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
}

func TestTheButtons(t *testing.T) {
	g, _, p := playing(t)
	press := func(page string, status int, pairs ...string) {
		t.Helper()
		form := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		got, text := request(t, "POST", page+"do", form.Encode(), func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "name", Value: "ann"}) })
		if got != status {
			t.Errorf("%v: %d %s", pairs, got, text)
		}
	}
	press(p.console(), 303, "action", "acknowledge", "severity", "P1")
	press(p.console(), 303, "action", "diagnose", "section", "Database connection issues")
	press(p.console(), 400, "action", "diagnose", "section", "Nothing")
	press(p.console(), 303, "action", "report", "text", "restarted it")
	press(p.console(), 303, "action", "note", "text", "<script>alert(1)</script>")
	press(p.console(), 400, "action", "escalate", "contact", "Nobody")
	press(p.console(), 303, "action", "resolve")
	press(p.facilitator(), 303, "action", "hint", "text", "read the log")
	press(p.facilitator(), 303, "action", "pause")
	press(p.facilitator(), 400, "action", "pause")
	press(p.facilitator(), 303, "action", "resume")
	press(p.facilitator(), 400, "action", "inject", "scenario", "nothing")
	kinds := map[gameday.Kind]bool{}
	for _, e := range g.Record().Events {
		if kinds[e.Kind] = true; e.Kind == gameday.Acknowledged && (e.By != "ann" || e.Severity != scenarios.P1) {
			t.Errorf("%+v", e)
		}
	}
	for _, k := range []gameday.Kind{gameday.Acknowledged, gameday.Diagnosed, gameday.Reported, gameday.Noted, gameday.Declared, gameday.Hinted, gameday.PausedClock, gameday.ResumedClock} {
		if !kinds[k] {
			t.Errorf("no event %q", k)
		}
	}
	_, text := request(t, "GET", p.console(), "", nil)
	if strings.Contains(text, "<script>alert") || !strings.Contains(text, "&lt;script&gt;alert(1)") {
		t.Error("a note is shown as markup")
	}
	press(p.facilitator(), 303, "action", "abort")
	<-g.Done()
}

// TestThePagesShowWhatTheyMust, and the players' nothing of the draw: neither the
// page, nor what works without scripts, nor the stream.
func TestThePagesShowWhatTheyMust(t *testing.T) {
	_, l, p := playing(t)
	l.Log("an odd <b>line</b>")
	wait(t, func() bool {
		_, now := request(t, "GET", p.console()+"live?part=now", "", nil)
		_, log := request(t, "GET", p.console()+"live?part=log", "", nil)
		return strings.Contains(log, "an odd") && strings.Contains(now, "503")
	})
	_, page := request(t, "GET", p.console(), "", nil)
	_, frame := request(t, "GET", p.console()+"live?part=now", "", nil)
	_, log := request(t, "GET", p.console()+"live?part=log", "", nil)
	frame += log
	filtered := first(t, p.console()+"events?filter=odd")
	for name, text := range map[string]string{"page": page, "frame": frame, "stream": filtered} {
		if name == "page" && !strings.Contains(text, "gameday shell --game run-1") {
			t.Error("the shell is not that of the run")
		}
		for _, want := range []string{"Page:", "P1", "left of 1:30", "503", "an odd &lt;b&gt;line"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q", name, want)
			}
		}
		own := text
		if before, _, cut := strings.Cut(text, `<section aria-label="Runbook">`); cut {
			own = before
		}
		for _, word := range []string{"database-refused", "refuse", "inject", "witness", "toxic", "Postgres is gone", "facilitators-key"} {
			if strings.Contains(strings.ToLower(own), word) {
				t.Errorf("%s: gives %q away", name, word)
			}
		}
	}
	if strings.Contains(filtered, "database unavailable") {
		t.Error("the filter filters nothing")
	}
	if !strings.Contains(frame, `http-equiv="refresh"`) || !strings.Contains(page, "<noscript><iframe class") {
		t.Error("no plain page without scripts")
	}
	if !strings.Contains(page, `id="database-connection-issues"`) {
		t.Error("the runbook is not beside it")
	}
	_, truth := request(t, "GET", p.facilitator(), "", nil)
	for _, want := range []string{"database-refused", "connection refused", "witnessed", "Score so far"} {
		if !strings.Contains(truth, want) {
			t.Errorf("the facilitator does not see %q", want)
		}
	}
}

// first is the first state that a stream sends.
func first(t *testing.T, address string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if data, found := strings.CutPrefix(lines.Text(), "data: "); found {
			var parts map[string]string
			if err := json.Unmarshal([]byte(data), &parts); err != nil {
				t.Fatal(err)
			}
			return parts["now"] + parts["log"]
		}
	}
	t.Fatalf("the stream ended: %v", lines.Err())
	return ""
}

func TestAPageOfASecondAgoIsSent(t *testing.T) {
	g, _, p := playing(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.console()+"events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := g.Note("ann", "something new"); err != nil {
		t.Fatal(err)
	}
	noted := time.Now()
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "something new") {
			if took := time.Since(noted); took > time.Second {
				t.Errorf("it took %s", took)
			}
			return
		}
	}
	t.Errorf("it was never sent: %v", lines.Err())
}

func TestTheShell(t *testing.T) {
	g, l, _ := playing(t)
	run := shellCommand(g)
	for line, want := range map[string]string{
		"help":                "restart",
		"psql -c 'SELECT 1;'": "(1 row)",
		"restart":             "restarted",
		"scale 2":             "2 processes",
		"fallback":            "flipped",

		"kubectl rollout restart deployment/event-service -n tickettoken": "restarted",
		"kubectl scale deployment/event-service --replicas=3":             "3 processes",
		"kubectl logs deployment/event-service --tail=100":                "database unavailable",
		"logs unavailable":     "database unavailable",
		"contacts":             "database team",
		"channel":              "page: ",
		"escalate Database":    "was called",
		"restart the database": "(1 row)", // no command of ours: the sandbox's
	} {
		var out bytes.Buffer
		if err := run(t.Context(), []string{"ann", line}, &out); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %q, %v", line, out.String(), err)
		}
	}
	for line, want := range map[string]string{"scale 99": "1 to 8", "scale": "1 to 8", "rollback": "no earlier revision", "kubectl rollout undo deployment/event-service": "no earlier revision", "escalate Nobody": "names no contact"} {
		if err := run(t.Context(), []string{"ann", line}, io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
	if ran := strings.Join(l.Ran(), ";"); !strings.Contains(ran, "restart") || !strings.Contains(ran, "scale 2") {
		t.Errorf("ran %s", ran)
	}
}

func TestLinesAreReadUntilTheEnd(t *testing.T) {
	var sent []string
	var out bytes.Buffer
	err := readShell(t.Context(), strings.NewReader("restart\n\n  logs x \nfail\nexit\nnever\n"), &out, func(_ context.Context, line string, _ io.Writer) error {
		sent = append(sent, line)
		if line == "fail" {
			return errors.New("it failed")
		}
		return nil
	})
	if err != nil || strings.Join(sent, "|") != "help|contacts|restart|logs x|fail" || !strings.Contains(out.String(), "it failed") {
		t.Errorf("%q, %v", sent, err)
	}
}

func TestWebhooks(t *testing.T) {
	var got map[string]any
	status := http.StatusAccepted
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = nil
		_ = json.NewDecoder(r.Body).Decode(&got)
		w.WriteHeader(status)
	}))
	defer server.Close()
	a := alert{game: "game", service: "event-service", text: "it is down", console: "http://127.0.0.1:1/", at: time.Unix(0, 0)}
	send := func(text string) error {
		hook, err := parseWebhook(text, false)
		if err != nil {
			return err
		}
		return hook.send(t.Context(), a)
	}
	if err := send(server.URL); err != nil || got["event_action"] != "trigger" || got["payload"].(map[string]any)["summary"] != "event-service: it is down" {
		t.Errorf("%v, %v", got, err)
	}
	if err := send("slack=" + server.URL); err != nil || got["text"] != "event-service: it is down" {
		t.Errorf("%v, %v", got, err)
	}
	status = http.StatusFound
	if err := send(server.URL); err == nil {
		t.Error("an answer that is no success")
	}
	for _, wrong := range []string{"https://events.pagerduty.com/v2/enqueue", "ftp://127.0.0.1/", "nonsense", "http://127.0.0.1.example/", "slack=http://10.0.0.1/"} {
		if _, err := parseWebhook(wrong, false); err == nil {
			t.Errorf("%s is allowed", wrong)
		}
	}
	if _, err := parseWebhook("https://events.pagerduty.com/v2/enqueue", true); err != nil {
		t.Errorf("an allowed host: %v", err)
	}
}

func TestTheBook(t *testing.T) {
	book, _, err := openBook("", candidates(symptoms.All(), nil))
	if err != nil {
		t.Fatal(err)
	}
	for severity, want := range gameday.DefaultResponse {
		if book.Response[severity] != want {
			t.Errorf("%s: %s, want %s", severity, book.Response[severity], want)
		}
	}
	for on, want := range map[fault.Dependency]string{fault.Postgres: "Database", fault.Redis: "Redis (managed)", fault.Solana: "Solana RPC", fault.Venue: "Infrastructure"} {
		if list := book.Owners(on); len(list) == 0 || list[0].Name != want {
			t.Errorf("%s: %+v, want %s", on, list, want)
		}
	}
	if s, found := book.Section("Database Connection Issues"); !found || !strings.Contains(s.Text, "psql") || strings.Contains(s.Text, "### High latency") {
		t.Errorf("section: %+v", s)
	}
	for _, c := range candidates(symptoms.All(), nil) {
		if _, found := book.Section(c.Section); !found {
			t.Errorf("nobody could say that %s is %q", c.Scenario, c.Section)
		}
	}
	if c, printed := book.Printed("restart", "Service restart"); !printed || !strings.Contains(c.Text, "rollout restart") {
		t.Errorf("restart is printed as %+v", c)
	}
	if _, printed := book.Printed("fallback", ""); !printed {
		t.Error("no line stands for the fallback")
	}
	if book.SHA256 != runbook.Identify("", runbook.Edition()).SHA256 {
		t.Error("the runbook is another")
	}
}

func TestTheFolder(t *testing.T) {
	home, err := folderOf(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Rules: gameday.Rules{Players: 1, Duration: time.Hour, Speed: 1, Faults: 1}}
	sealed, err := o.draw(home, candidates(symptoms.All(), nil))
	if err != nil {
		t.Fatal(err)
	}
	created, err := home.create("game", sealed, "key")
	if err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(created.dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.unseal("another"); err == nil {
		t.Error("any key opens it")
	}
	if opened, err := f.unseal("key"); err != nil || opened.Salt != sealed.Salt {
		t.Errorf("%v", err)
	}
	start := gameday.Record{ID: "game", Sealed: sealed, Published: f.plan.Published, Began: time.Unix(100, 0)}
	j, err := f.journal("key", start)
	if err != nil {
		t.Fatal(err)
	}
	e := gameday.Event{At: time.Unix(101, 0), Kind: gameday.Noted, Text: "x"}
	j.write(header{Entry: fixture.Entry{Event: &e}})
	if _, err := f.journal("key", start); err == nil {
		t.Error("a game is started twice")
	}
	if _, err := f.load(""); err == nil {
		t.Error("a journal is read without its key")
	}
	if _, err := f.load("another"); err == nil {
		t.Error("a journal is read with another key")
	}
	// It was killed while a line was being written.
	if _, err := j.file.WriteString("AAAA"); err != nil {
		t.Fatal(err)
	}
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
	r, err := f.load("key")
	if err != nil || len(r.Events) != 1 || r.Outcome != gameday.Killed || !r.Ended.Equal(e.At) {
		t.Errorf("%+v, %v", r, err)
	}
	if err := f.save(r); err != nil {
		t.Fatal(err)
	}
	if list, err := home.records(); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}
