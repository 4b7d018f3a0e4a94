package gameday

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/runproof/runproof/scenarios/gameday"
)

// browserTimeout bounds the start of a browser and everything that is done in it.
const browserTimeout = 2 * time.Minute

// browser starts one, or skips the test where there is none; CI has one.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no chromium: make test installs it")
		}
		t.Skip("no chromium on the PATH: make test installs it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := context.WithTimeout(t.Context(), browserTimeout)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](ctx context.Context, t *testing.T, expression string) (value T) {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// scripts turns them on or off.
func scripts(ctx context.Context, t *testing.T, on bool) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		t.Fatal(err)
	}
}

// holds waits until an expression of the page is true, for so long at most.
func holds(ctx context.Context, t *testing.T, expression string, within time.Duration) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(within), chromedp.WithPollingInterval(20*time.Millisecond))); err != nil {
		t.Errorf("%s: %v", expression, err)
	}
}

// TestThePagesFit opens both pages as on a phone and on a desk. With
// RUNPROOF_PICTURES set to a directory, pictures of them are kept there.
func TestThePagesFit(t *testing.T) {
	_, l, p := playing(t)
	l.Log(strings.Repeat("a-word-without-a-blank", 40))
	ctx := browser(t)
	for name, address := range map[string]string{"console": p.console(), "facilitator": p.facilitator()} {
		for _, width := range []int64{400, 1400} {
			for _, on := range []bool{true, false} {
				scripts(ctx, t, on)
				do(ctx, t, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
				scrolls := ask[int64](ctx, t, "document.documentElement.scrollWidth")
				if scrolls > width {
					t.Errorf("%s, %d pixels, scripts %t: it is %d wide", name, width, on, scrolls)
				}
				keep(ctx, t, name, width, on)
			}
		}
	}
}

// TestTheButtonsOfTheConsole presses each with the mouse or the keyboard, and waits
// a second for what comes of it.
func TestTheButtonsOfTheConsole(t *testing.T) {
	g, l, p := playing(t)
	ctx := browser(t)
	do(ctx, t, chromedp.EmulateViewport(1400, 1000), chromedp.Navigate(p.console()), chromedp.WaitVisible("#now .banner"))
	feed := func(text string) {
		t.Helper()
		holds(ctx, t, `document.querySelector("#log .feed")?.innerText.includes(`+quoted(text)+`)`, time.Second)
	}
	press := func(action string) chromedp.Action[chromedp.Void] {
		return chromedp.Click(`button[value="`+action+`"]`, chromedp.NodeVisible)
	}
	holds(ctx, t, `document.title.startsWith("PAGE")`, time.Second)
	holds(ctx, t, `document.querySelector('button[value="acknowledge"]').getBoundingClientRect().bottom < innerHeight`, time.Second)
	do(ctx, t, chromedp.SetValue("#name", "ann"), press("name"))
	holds(ctx, t, `document.getElementById("said").innerText.includes("done")`, time.Second)
	do(ctx, t, chromedp.SendKeys("#note", "half a note"), chromedp.SetValue("#severity", "P2"), press("acknowledge"))
	feed("ann: acknowledged as P2")
	// What was half written is still there, and is sent by the keyboard.
	do(ctx, t, chromedp.Focus("#note"), chromedp.KeyEvent(", and the rest"+kb.Enter))
	feed("ann: half a note, and the rest")
	holds(ctx, t, `document.getElementById("note").value === ""`, time.Second)
	do(ctx, t, chromedp.SetValue("#section", "High latency"), press("diagnose"))
	feed("ann: diagnosed: High latency")
	do(ctx, t, chromedp.SendKeys("#did", "restarted it"), press("report"))
	feed("ann: reported: restarted it")
	do(ctx, t, chromedp.SetValue("#contact", "Database"), press("escalate"))
	do(ctx, t, press("resolve"))
	feed("ann: declared resolved")

	// A line of the log is there within a second, but not under the hands of who reads.
	l.Log("a line to look for")
	holds(ctx, t, `document.querySelector("#log .log").innerText.includes("a line to look for")`, time.Second)
	ask[any](ctx, t, `getSelection().selectAllChildren(document.querySelector("#log .feed li")) ?? 0`)
	l.Log("a line that waits")
	holds(ctx, t, `!document.getElementById("held").hidden`, time.Second)
	if text := ask[string](ctx, t, `getSelection().toString()`); !strings.Contains(text, "page") {
		t.Errorf("the selection became %q", text)
	}
	ask[any](ctx, t, `getSelection().removeAllRanges() ?? 0`)
	holds(ctx, t, `document.querySelector("#log .log").innerText.includes("a line that waits")`, time.Second)

	g.Abort("the test is over")
	<-g.Done()
	holds(ctx, t, `document.querySelector("#now .banner").innerText.includes("over")`, time.Second)
	do(ctx, t, press("resolve"))
	holds(ctx, t, `document.getElementById("said").className === "bad"`, time.Second)
}

// TestTheConsoleByKeyboard reaches every control by the tabulator, in their order.
func TestTheConsoleByKeyboard(t *testing.T) {
	_, _, p := playing(t)
	ctx := browser(t)
	do(ctx, t, chromedp.EmulateViewport(1400, 1000), chromedp.Navigate(p.console()), chromedp.WaitVisible("#now .banner"))
	want := strings.Fields("name severity acknowledge section diagnose did report contact escalate note resolve filter")
	var reached []string
	for range 60 {
		do(ctx, t, chromedp.KeyEvent(kb.Tab))
		reached = append(reached, ask[string](ctx, t, `document.activeElement.id || document.activeElement.value || ""`))
	}
	text := strings.Join(reached, " ")
	for _, control := range want {
		before, after, found := strings.Cut(text, control)
		if !found {
			t.Fatalf("the tabulator does not reach %q after %q: %q", control, before, reached)
		}
		text = after
	}
}

func TestTheButtonsOfTheFacilitator(t *testing.T) {
	g, _, p := playing(t)
	ctx := browser(t)
	do(ctx, t, chromedp.EmulateViewport(1400, 1000), chromedp.Navigate(p.facilitator()), chromedp.WaitVisible("#now .banner"))
	now := func(text string) {
		t.Helper()
		holds(ctx, t, `document.getElementById("now").innerText.includes(`+quoted(text)+`)`, time.Second)
	}
	press := func(action string) { t.Helper(); do(ctx, t, chromedp.Click(`button[value="`+action+`"]`)) }
	now("database-refused")
	do(ctx, t, chromedp.SendKeys("#hint", "read the log"))
	press("hint")
	now("facilitator: read the log")
	press("pause")
	now("The clock is paused.")
	press("resume")
	now("Playing.")
	do(ctx, t, chromedp.SetValue("#scenario", "database-refused"))
	press("inject")
	wait(t, func() bool {
		return slices.ContainsFunc(g.Record().Events, func(e gameday.Event) bool { return e.Kind == gameday.Injected && e.By == gameday.ByFacilitator })
	})
	press("abort")
	now("Over: aborted by the facilitator")
	<-g.Done()
}

// TestTheConsoleWithoutScripts shows the state, and acknowledges.
func TestTheConsoleWithoutScripts(t *testing.T) {
	g, _, p := playing(t)
	ctx := browser(t)
	scripts(ctx, t, false)
	do(ctx, t, chromedp.EmulateViewport(400, 900), chromedp.Navigate(p.console()),
		chromedp.Focus(`button[value="acknowledge"]`), chromedp.KeyEvent(kb.Enter))
	wait(t, func() bool { return !g.Record().Milestones().Acknowledged.IsZero() })
	wait(t, func() bool { return ask[int](ctx, t, `document.querySelectorAll("iframe").length`) == 2 })
}

func quoted(s string) string { return `"` + s + `"` }

// keep takes a picture where one is asked for.
func keep(ctx context.Context, t *testing.T, name string, width int64, on bool) {
	t.Helper()
	dir := os.Getenv("RUNPROOF_PICTURES")
	if dir == "" {
		return
	}
	plain := ""
	if !on {
		plain = "-plain"
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, fmt.Sprintf("%s-%d%s.png", name, width, plain))
	if err := os.WriteFile(file, png, 0o600); err != nil {
		t.Fatal(err)
	}
}
