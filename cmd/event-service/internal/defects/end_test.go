package defects

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

// ending records the order of an end.
type ending struct{ steps []string }

func (e *ending) NotReady()                   { e.steps = append(e.steps, "not ready") }
func (e *ending) Delay() time.Duration        { e.steps = append(e.steps, "delay"); return 0 }
func (e *ending) Drain(context.Context) error { e.steps = append(e.steps, "drain"); return nil }
func (e *ending) Close(context.Context) error { e.steps = append(e.steps, "close"); return nil }

func TestEnds(t *testing.T) {
	for name, want := range map[string]string{
		"requests-dropped-at-the-end": "not ready, close",
		"ready-until-the-end":         "drain, close",
		"failure-at-the-end":          "not ready, delay, drain, close",
	} {
		e := &ending{}
		err := mutated(t, name, nil).Stop(t.Context(), e)
		if got := strings.Join(e.steps, ", "); got != want || (err != nil) != (name == "failure-at-the-end") {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}

// dials counts the dials to a database that is down until it is up.
type dials struct {
	n  int
	up bool
}

func (d *dials) Dial(context.Context, string, string) (net.Conn, error) {
	d.n++
	if d.up {
		near, _ := net.Pipe()
		return near, nil
	}
	return nil, errDown
}

// dialler is how a mutant dials.
func dialler(t *testing.T, name string, d *dials) func() error {
	t.Helper()
	p := mutated(t, name, func(p *app.Parts) {
		honest := p.Pool
		p.Pool = func(s store.PoolSettings) (*pgxpool.Pool, error) {
			model, err := honest(s)
			if err != nil {
				return nil, err
			}
			defer model.Close()
			c := model.Config()
			c.ConnConfig.DialFunc = d.Dial
			return pgxpool.NewWithConfig(t.Context(), c)
		}
	})
	pool, err := p.Pool(store.PoolSettings{URL: "postgres://u:p@127.0.0.1:1/d", Size: 1, ConnectTimeout: time.Second, Log: discard})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return func() error {
		_, err := pool.Config().ConnConfig.DialFunc(t.Context(), "tcp", "127.0.0.1:1")
		return err
	}
}

func TestReconnecting(t *testing.T) {
	d := &dials{}
	dial := dialler(t, "database-never-redialled", d)
	_ = dial()
	d.up = true
	if err := dial(); !errors.Is(err, errDown) || d.n != 1 {
		t.Errorf("%v after %d dials", err, d.n)
	}
	d = &dials{}
	if err := dialler(t, "reconnect-storm", d)(); !errors.Is(err, errDown) || d.n != stormTries {
		t.Errorf("%v after %d dials", err, d.n)
	}
}
