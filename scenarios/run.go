package scenarios

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Worlds opens a world for each scenario.
type Worlds interface {
	// Open returns a world of the scenario's own and what closes it again;
	// closing reports what could not be removed. [*UnsupportedError] says what
	// this machine lacks. With alone, no other world is open beside it, of
	// whatever process.
	Open(ctx context.Context, s Scenario, alone bool) (w World, shut func(context.Context) error, err error)
}

// Options say how a list of scenarios is run.
type Options struct {
	Mode   Mode
	Strict bool
	// Alone opens each world when no other is open, as a retry always does.
	Alone bool
	// Jobs bounds how many scenarios are played at once. Zero means one.
	Jobs int
	// Sink returns the recorder that keeps a scenario's events, before they
	// are judged. An error breaks the scenario: what is not kept is not judged.
	Sink func(s Scenario) (Recorder, func() error, error)
	// Done is called with each result as it is reached.
	Done func(Result)
	// Retry is called with each first attempt that decides nothing and is to be
	// retried, because the host stalled.
	Retry func(Result)
}

// Run plays the scenarios side by side and judges each; what a stall of the host
// left undecided, once more. The results are in the order of the scenarios; when
// ctx ends, those that were not played to their end are missing, unless they had
// failed by then.
func Run(ctx context.Context, list []Scenario, worlds Worlds, o Options) []Result {
	done := func(r Result) {
		if o.Done != nil {
			o.Done(r)
		}
	}
	results := make([]Result, len(list))
	slots := make(chan struct{}, max(o.Jobs, 1))
	var running sync.WaitGroup
	for i, s := range list {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		running.Go(func() {
			defer func() { <-slots }()
			r := runOne(ctx, s, worlds, o)
			if cut(ctx, r) {
				return
			}
			results[i] = r
			switch {
			case !results[i].Overloaded:
				done(results[i])
			case o.Retry != nil:
				o.Retry(results[i])
			}
		})
	}
	running.Wait()
	retry(ctx, results, func(r Result) bool { return r.Overloaded }, func(i int) Result {
		s, o := list[i], o
		s.ID += second
		o.Alone = true
		r := runOne(ctx, s, worlds, o)
		if cut(ctx, r) {
			return results[i]
		}
		r.Scenario, r.Discarded = list[i].ID, &Attempt{results[i].Verdict, results[i].Reason}
		done(r)
		return r
	})
	for _, r := range results {
		if r.Overloaded && r.Discarded == nil {
			done(r) // there was no time for a retry
		}
	}
	return slices.DeleteFunc(results, func(r Result) bool { return r.Scenario == "" })
}

func runOne(ctx context.Context, s Scenario, worlds Worlds, o Options) Result {
	recording, closeSink := keep(s, o)
	playIn(ctx, s, worlds, o.Alone, recording, func(ctx context.Context, w World) { Play(ctx, s, w, o.Mode, recording) })
	closeSink()
	return Judge(s, o.Mode, o.Strict, recording.Events())
}

// keep opens the recording of one playing. What cannot be kept is not judged:
// the recording then says that the harness is broken.
func keep(s Scenario, o Options) (rec *Recording, done func()) {
	rec = &Recording{}
	if o.Sink == nil {
		return rec, func() {}
	}
	sink, closeSink, err := o.Sink(s)
	if err != nil {
		rec.Record(Event{Kind: EventBroken, Err: fmt.Sprintf("events cannot be kept: %s", err)})
		return rec, func() {}
	}
	rec.Next = sink
	return rec, func() {
		if err := closeSink(); err != nil {
			rec.Next = nil
			rec.Record(Event{Kind: EventBroken, Err: fmt.Sprintf("events were not kept: %s", err)})
		}
	}
}

// playIn opens a world for one playing and closes it again.
func playIn(ctx context.Context, s Scenario, worlds Worlds, alone bool, rec *Recording, playing func(context.Context, World)) {
	p := &player{rec: rec}
	defer p.recovered()
	w, shut, err := worlds.Open(ctx, s, alone)
	var unsupported *UnsupportedError
	switch {
	case errors.As(err, &unsupported):
		p.record(Event{Kind: EventUnsupported, Err: unsupported.Reason})
		return
	case err != nil:
		p.broken(fmt.Errorf("lane: %w", err))
		return
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), HealDeadline)
		defer cancel()
		if err := shut(ctx); err != nil {
			p.broken(fmt.Errorf("clean-up: %w", err))
		}
	}()
	ctx, done := endWith(ctx, w)
	defer done()
	playing(ctx, w)
}
