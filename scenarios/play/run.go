package play

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// Options say how a list of scenarios is run.
type Options struct {
	Mode   scenarios.Mode
	Strict bool
	// Repetition and Attempt are those of each playing, counted from zero. A later
	// attempt is played alone, as a retry always is.
	Repetition, Attempt int
	// Jobs bounds how many scenarios are played at once. Zero means one.
	Jobs int
	// Sink returns what keeps a scenario's events, before they
	// are judged. An error breaks the scenario: what is not kept is not judged.
	Sink func(s scenarios.Scenario, p record.Playing) (record.Keeper, func() error, error)
	// Done is called with each result as it is reached.
	Done func(judge.Result)
	// Retry is called with each first attempt that decides nothing and is to be
	// retried, because the host stalled.
	Retry func(judge.Result)
}

// Run plays the scenarios side by side and judges each; what a stall of the host
// left undecided, once more. The results are in the order of the scenarios; when
// ctx ends, those that were not played to their end are missing, unless they had
// failed by then.
func Run(ctx context.Context, list []scenarios.Scenario, worlds world.Worlds, o Options) []judge.Result {
	done := func(r judge.Result) {
		if o.Done != nil {
			o.Done(r)
		}
	}
	results := make([]judge.Result, len(list))
	slots := make(chan struct{}, max(o.Jobs, 1))
	var running sync.WaitGroup
	for i, s := range list {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		running.Go(func() {
			defer func() { <-slots }()
			r := runOne(ctx, s, o.playing(s), worlds, o)
			if interruptedResult(ctx, r) {
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
	retry(ctx, results, func(r judge.Result) bool { return r.Overloaded }, func(i int) judge.Result {
		again := o.playing(list[i])
		again.Attempt++
		r := runOne(ctx, list[i], again, worlds, o)
		if interruptedResult(ctx, r) {
			return results[i]
		}
		r.Discarded = &judge.Attempt{Verdict: results[i].Verdict, Reason: results[i].Reason}
		done(r)
		return r
	})
	for _, r := range results {
		if r.Overloaded && r.Discarded == nil {
			done(r) // there was no time for a retry
		}
	}
	return slices.DeleteFunc(results, func(r judge.Result) bool { return r.Scenario == "" })
}

func runOne(ctx context.Context, s scenarios.Scenario, p record.Playing, worlds world.Worlds, o Options) judge.Result {
	recording, closeSink := keep(s, p, o)
	playIn(ctx, s, p, worlds, recording, func(ctx context.Context, w world.World) { Play(ctx, s, w, o.Mode, recording) })
	closeSink()
	return judge.Judge(s, o.Mode, o.Strict, recording.Events())
}

// playing is the first attempt at a scenario.
func (o Options) playing(s scenarios.Scenario) record.Playing {
	return record.Playing{Scenario: s.ID, Repetition: o.Repetition, Attempt: o.Attempt}
}

// keep opens the recording of one playing. What cannot be kept is not judged:
// the recording then says that the harness is broken.
func keep(s scenarios.Scenario, p record.Playing, o Options) (rec *record.Recording, done func()) {
	rec = &record.Recording{}
	if o.Sink == nil {
		return rec, func() {}
	}
	sink, closeSink, err := o.Sink(s, p)
	if err != nil {
		rec.Record(record.Event{Kind: record.EventBroken, Err: fmt.Sprintf("events cannot be kept: %s", err)})
		return rec, func() {}
	}
	rec.Next = sink
	return rec, func() {
		if err := closeSink(); err != nil {
			rec.Next = nil
			rec.Record(record.Event{Kind: record.EventBroken, Err: fmt.Sprintf("events were not kept: %s", err)})
		}
	}
}

// playIn opens a world for one playing and closes it again.
func playIn(ctx context.Context, s scenarios.Scenario, which record.Playing, worlds world.Worlds, rec *record.Recording, playing func(context.Context, world.World)) {
	p := reporter{rec}
	defer p.catchPanic()
	w, shut, err := worlds.Open(ctx, s, which)
	var unsupported *world.UnsupportedError
	switch {
	case errors.As(err, &unsupported):
		p.record(record.Event{Kind: record.EventUnsupported, Err: unsupported.Reason})
		return
	case err != nil:
		p.broken(fmt.Errorf("lane: %w", err))
		return
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), healDeadline)
		defer cancel()
		if err := shut(ctx); err != nil {
			p.broken(fmt.Errorf("clean-up: %w", err))
		}
	}()
	ctx, done := endWith(ctx, w)
	defer done()
	playing(ctx, w)
}
