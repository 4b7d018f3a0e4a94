package browser_test

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/runproof/runproof/reports"
)

// openTimeout bounds the start of a browser and everything that is looked at in it.
const openTimeout = 3 * time.Minute

// site serves the pages of a run under the policy that CI servers send with artifacts.
func site(t *testing.T, run reports.Run, policy string) string {
	t.Helper()
	files := http.NewServeMux()
	for _, f := range reports.All() {
		if !strings.HasSuffix(f.Name, ".html") {
			continue
		}
		text, err := f.Render(run)
		if err != nil {
			t.Fatal(err)
		}
		files.HandleFunc("/"+f.Name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if policy != "" {
				w.Header().Set("Content-Security-Policy", policy)
			}
			_, _ = w.Write(text)
		})
	}
	server := httptest.NewServer(files)
	t.Cleanup(server.Close)
	return server.URL
}

// chromium starts a browser, or skips the test where there is none; CI has one.
func chromium(t *testing.T) context.Context {
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
	ctx, cancel := context.WithTimeout(t.Context(), openTimeout)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// call runs a command of the browser's protocol.
func call[P, R any](ctx context.Context, t *testing.T, command cdp.Command[P, R], with P) R {
	t.Helper()
	result, err := chromedp.Call(ctx, command, with)
	if err != nil {
		t.Fatal(err)
	}
	return result
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

// screen is what a page is looked at with.
type screen struct {
	width         int64
	scheme, media string
}

func (s screen) String() string { return fmt.Sprintf("%d-%s", s.width, s.scheme) }

// open shows a page on a screen.
func open(ctx context.Context, t *testing.T, s screen, url string) {
	t.Helper()
	call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: s.width, Height: 1000, DeviceScaleFactor: 1, Mobile: s.width < 600})
	call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: s.media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s.scheme}}})
	visit(ctx, t, url)
}

func visit(ctx context.Context, t *testing.T, url string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
}

// withoutScripts turns scripts off.
func withoutScripts(ctx context.Context, t *testing.T) {
	t.Helper()
	call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// listen calls fn for each event of the page.
func listen(ctx context.Context, t *testing.T, fn func(event any)) {
	t.Helper()
	if err := chromedp.Listen(ctx, fn); err != nil {
		t.Fatal(err)
	}
	call(ctx, t, network.Enable, network.EnableParams{})
	call(ctx, t, cdplog.Enable, cdp.Empty{})
}

var (
	screens = []screen{{400, "light", ""}, {400, "dark", ""}, {900, "light", ""}, {1600, "light", ""}, {1600, "dark", ""}}
	files   = []string{"report.html", reports.AnnotatedHTMLFile}
)

// openAll unfolds what is folded.
const openAll = `document.querySelectorAll("details").forEach(d => d.open = true)`

//go:embed contrast.js
var contrast string

// TestPages looks at both pages on every screen, with scripts off and under the policy
// that they state. By hand: a width of 500px on a table scrolls at 400, --soft at #999 has
// too little contrast, and a picture from elsewhere is a request too many.
func TestPages(t *testing.T) {
	run, _ := played(t)
	url := site(t, run, reports.ContentPolicy)
	ctx := chromium(t)
	var asked, complaints []string
	listen(ctx, t, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			asked = append(asked, e.Request.URL)
		case *cdplog.EventEntryAdded:
			complaints = append(complaints, e.Entry.Text)
		}
	})
	withoutScripts(ctx, t)
	for _, s := range screens {
		for _, file := range files {
			t.Run(file+"-"+s.String(), func(t *testing.T) {
				asked, complaints = nil, nil
				open(ctx, t, s, url+"/"+file)
				picture(ctx, t, file, s)
				// A telephone widens its window to what is too wide for it.
				if got := ask[int64](ctx, t, openAll+`, document.documentElement.scrollWidth`); got > s.width {
					wide := fmt.Sprintf(`[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > %d).map(e => e.outerHTML.slice(0, 60)).slice(0, 5).join(" ")`, s.width+1)
					t.Errorf("it is %d wide: %s", got, ask[string](ctx, t, wide))
				}
				for _, text := range ask[[]string](ctx, t, contrast) {
					t.Errorf("too little contrast: %s", text)
				}
				for _, asked := range asked {
					if path := strings.TrimPrefix(asked, url); path != "/"+file && path != "/favicon.ico" {
						t.Errorf("it asks for %s", asked)
					}
				}
				for _, complaint := range complaints {
					if !strings.Contains(complaint, "favicon") && !strings.Contains(complaint, "404") {
						t.Errorf("the browser says: %s", complaint)
					}
				}
			})
		}
	}
}

// picture keeps a picture of the page where RUNPROOF_SCREENSHOTS says.
func picture(ctx context.Context, t *testing.T, file string, s screen) {
	t.Helper()
	dir := os.Getenv("RUNPROOF_SCREENSHOTS")
	if dir == "" {
		return
	}
	text, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%s.png", strings.TrimSuffix(file, ".html"), s)), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestTimelineIsDrawn counts the points that a reader sees of the scenario that failed.
func TestTimelineIsDrawn(t *testing.T) {
	run, requests := played(t)
	ctx := chromium(t)
	open(ctx, t, screen{width: 1200, scheme: "light"}, site(t, run, reports.ContentPolicy)+"/report.html")
	type drawing struct {
		Points, Outside, Failed int
		Fault, Height           float64
		Witness                 int
	}
	got := ask[drawing](ctx, t, `(() => {
		const svg = document.getElementById("scenario-`+failing+`").closest("article").querySelector("svg.tl"), all = svg.getBoundingClientRect()
		const paths = [...svg.querySelectorAll("path")], points = p => p.getAttribute("d").split("M").length - 1
		return {
			Points: paths.reduce((n, p) => n + points(p), 0),
			Failed: paths.filter(p => getComputedStyle(p).stroke == getComputedStyle(svg.querySelector(".bad")).fill).reduce((n, p) => n + points(p), 0),
			Outside: paths.filter(p => { const b = p.getBoundingClientRect(); return b.left < all.left - 8 || b.right > all.right + 8 || b.top < all.top || b.bottom > all.bottom }).length,
			Fault: svg.querySelector("rect.f").getBoundingClientRect().width / all.width, Height: all.height,
			Witness: svg.querySelectorAll("circle").length,
		}
	})()`)
	failed := 0
	for _, lane := range run.Timelines[0].Lanes {
		failed += lane.Failed
	}
	if got.Points != requests[failing] || got.Points == 0 || got.Failed != failed || failed == 0 || got.Outside > 0 {
		t.Errorf("%+v, want %d points of which %d failed", got, requests[failing], failed)
	}
	if got.Fault < .05 || got.Fault > .95 || got.Height < 200 || got.Witness < 3 {
		t.Errorf("%+v", got)
	}
}

// TestAnchors: each link into the page leads to something that is there, and one into
// what is folded unfolds it.
func TestAnchors(t *testing.T) {
	run, _ := played(t)
	url := site(t, run, reports.ContentPolicy)
	ctx := chromium(t)
	withoutScripts(ctx, t)
	for _, file := range files {
		open(ctx, t, screen{width: 1200, scheme: "light"}, url+"/"+file)
		if dead := ask[[]string](ctx, t, `[...document.querySelectorAll("a[href^='#']")].map(a => a.getAttribute("href")).filter(h => !document.getElementById(decodeURIComponent(h.slice(1))))`); len(dead) > 0 {
			t.Errorf("%s: links that lead nowhere: %q", file, dead)
		}
	}
	for hash, want := range map[string]bool{"": false, "#scenario-slow-queries": true} {
		visit(ctx, t, "about:blank")
		visit(ctx, t, url+"/report.html"+hash)
		if got := ask[bool](ctx, t, `document.getElementById("scenario-slow-queries").checkVisibility()`); got != want {
			t.Errorf("report.html%s shows a folded scenario: %v", hash, got)
		}
	}
	visit(ctx, t, url+"/"+reports.AnnotatedHTMLFile)
	// They are made alike: one tells of all.
	href := ask[string](ctx, t, `document.querySelector(".note a").href`)
	visit(ctx, t, href)
	if !ask[bool](ctx, t, `!!document.getElementById(location.hash.slice(1))`) {
		t.Errorf("%s is not in the report", href)
	}
}

// TestListeners: landmarks, headings and pictures have names, and the first key leads past
// what stands on every page.
func TestListeners(t *testing.T) {
	run, _ := played(t)
	url := site(t, run, reports.ContentPolicy)
	ctx := chromium(t)
	for _, file := range files {
		open(ctx, t, screen{width: 1200, scheme: "light"}, url+"/"+file)
		nodes := call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes
		roles := map[string]int{}
		for _, n := range nodes {
			if n.Ignored {
				continue
			}
			role, name := text(n.Role), text(n.Name)
			roles[role]++
			switch role {
			case "image", "navigation", "region", "heading", "link":
				if name == "" {
					t.Errorf("%s: a %s has no name", file, role)
				}
			}
		}
		for _, landmark := range []string{"banner", "main", "navigation"} {
			if roles[landmark] != 1 {
				t.Errorf("%s: %d of %s", file, roles[landmark], landmark)
			}
		}
		if roles["image"] == 0 && file == "report.html" || roles["heading"] < 5 {
			t.Errorf("%s: %v", file, roles)
		}
		if err := chromedp.Do(ctx, chromedp.KeyEvent("\t")); err != nil {
			t.Fatal(err)
		}
		if got := ask[string](ctx, t, `document.activeElement.className + " " + (document.activeElement.getBoundingClientRect().left >= 0)`); got != "skip true" {
			t.Errorf("%s: the first key leads to %q", file, got)
		}
	}
}

func text(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	return strings.Trim(string(v.Value), `"`)
}

// TestPaper: what is folded is printed, in black on white also where the screen is dark.
func TestPaper(t *testing.T) {
	run, _ := played(t)
	ctx := chromium(t)
	url := site(t, run, reports.ContentPolicy) + "/report.html"
	for media, want := range map[string]bool{"screen": false, "print": true} {
		open(ctx, t, screen{width: 800, scheme: "dark", media: media}, url)
		if got := ask[bool](ctx, t, `document.querySelector("#scenario-slow-queries svg.tl").checkVisibility()`); got != want {
			t.Errorf("%s shows a folded scenario: %v", media, got)
		}
	}
	open(ctx, t, screen{width: 800, scheme: "dark", media: "print"}, url)
	if got := ask[string](ctx, t, `getComputedStyle(document.body).backgroundColor`); got != "rgb(255, 255, 255)" {
		t.Errorf("the paper is %s", got)
	}
}

// TestNothingExecutes: a service that says hostile things, in bodies of ten megabytes too,
// gets nothing executed, even where scripts are on and no server sends a policy.
func TestNothingExecutes(t *testing.T) {
	run, _ := played(t)
	url := site(t, attacked(run), "")
	ctx := chromium(t)
	listen(ctx, t, func(event any) {
		if e, ok := event.(*page.EventJavascriptDialogOpening); ok {
			t.Errorf("a dialog opened: %s", e.Message)
		}
	})
	for _, file := range files {
		open(ctx, t, screen{width: 1200, scheme: "light"}, url+"/"+file)
		got := ask[string](ctx, t, openAll+`, [typeof window.executed, document.scripts.length, document.images.length,
			[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/.test(a.name) || /^javascript:/.test(a.value) && a.name == "href")).length,
			document.documentElement.scrollWidth > innerWidth, document.querySelectorAll("main").length].join(" ")`)
		if got != "undefined 0 0 0 false 1" {
			t.Errorf("%s: executed, scripts, images, handlers, scrolls sideways, main: %s", file, got)
		}
	}
}
