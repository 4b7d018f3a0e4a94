package gameday

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/livepage"
	fixture "github.com/runproof/runproof/fixtures/gameday"
	"github.com/runproof/runproof/scenarios/gameday"
)

// facilitatorView is what the facilitator's page shows.
type facilitatorView struct {
	livepage.Common
	Console    string
	Truth      fixture.Truth
	Milestones gameday.Milestones
	Effects    []gameday.Effect
	Score      gameday.Score
}

// Last is the last sample.
func (v *facilitatorView) Last() gameday.Sample {
	if n := len(v.Truth.Record.Samples); n > 0 {
		return v.Truth.Record.Samples[n-1]
	}
	return gameday.Sample{}
}

// Elapsed is since the beginning, without pauses.
func (v *facilitatorView) Elapsed() time.Duration {
	r := v.Truth.Record
	end := r.Ended
	if end.IsZero() {
		end = time.Now()
	}
	return r.Elapsed(r.Began, end)
}

// Times are the milestones by name.
func (v *facilitatorView) Times() (list []struct{ Name, At string }) {
	m := v.Milestones
	for _, t := range []struct {
		name string
		at   interface{ IsZero() bool }
		text string
	}{
		{"injected", m.Injected, m.Injected.Format("15:04:05.0")},
		{"witnessed", m.Witnessed, m.Witnessed.Format("15:04:05.0")},
		{"first symptom outside", m.Symptom, m.Symptom.Format("15:04:05.0")},
		{"first line in the log", m.LogLine, m.LogLine.Format("15:04:05.0")},
		{"page", m.Paged, m.Paged.Format("15:04:05.0")},
		{"acknowledged", m.Acknowledged, m.Acknowledged.Format("15:04:05.0")},
		{"diagnosed rightly", m.Diagnosed, m.Diagnosed.Format("15:04:05.0")},
		{"fault gone", m.Gone, m.Gone.Format("15:04:05.0")},
		{"recovered", m.Recovery, m.Recovery.Format("15:04:05.0")},
		{"declared", m.Declared, m.Declared.Format("15:04:05.0")},
	} {
		if t.at.IsZero() {
			t.text = "-"
		}
		list = append(list, struct{ Name, At string }{t.name, t.text})
	}
	return list
}

func (p *pages) facilitatorView(r *http.Request) livepage.View {
	v := &facilitatorView{Console: p.console(), Truth: p.game.Truth(r.Context())}
	v.Milestones, v.Effects, v.Score = v.Truth.Record.Milestones(), v.Truth.Record.Effects(), v.Truth.Record.Score(0)
	return v
}

func (p *pages) doFacilitator(_ http.ResponseWriter, r *http.Request) error {
	text := strings.TrimSpace(r.FormValue("text"))
	var err error
	switch action := r.FormValue("action"); action {
	case "hint":
		err = p.game.Hint(text)
	case "pause":
		err = p.game.Pause()
	case "resume":
		err = p.game.Resume()
	case "inject":
		err = p.game.Inject(r.FormValue("scenario"))
	case "abort":
		p.game.Abort("by the facilitator")
	default:
		err = fmt.Errorf("no such action %q", action)
	}
	return err
}
