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
	// FailFast ends a run at the first result that has Failed and stands.
	FailFast bool
	// Sink returns what keeps a scenario's events, before they
	// are judged. An error breaks the scenario: what is not kept is not judged.
	Sink func(s scenarios.Scenario, p record.Playing) (record.Keeper, func() error, error)
	// Done is called with each result as it is reached.
	Done func(record.Playing, judge.Result)
	// Retry is called with each first attempt that decides nothing and is to be
	// retried, because the host stalled.
	Retry func(record.Playing, judge.Result)
}

// Run plays the scenarios side by side and judges each; what a stall of the host
// left undecided, once more. The results are in the order of the scenarios; when
// ctx ends, those that were not played to their end are missing, unless they had
// failed by then.
func Run(ctx context.Context, list []scenarios.Scenario, worlds world.Worlds, o Options) []judge.Result {
	all := make([]playing, len(list))
	for i, s := range list {
		all[i] = playing{s: s, which: o.playing(s)}
	}
	run(ctx, all, worlds, o)
	return results(all, func(playing) bool { return true })
}

// RunPairs plays each scenario on two builds of the service, interleaved: the two
// playings of a scenario begin one after the other, the candidate's first for every
// second one, so that whatever befalls the host befalls both. A world is opened by
// [record.Playing.Baseline]. The results are as those of Run.
func RunPairs(ctx context.Context, list []scenarios.Scenario, worlds world.Worlds, o Options) (candidate, baseline []judge.Result) {
	var all []playing
	for i, s := range list {
		p, beside := o.playing(s), o.playing(s)
		beside.Baseline = true
		pair := []playing{{s: s, which: p}, {s: s, which: beside}}
		if i%2 == 1 {
			slices.Reverse(pair)
		}
		all = append(all, pair...)
	}
	run(ctx, all, worlds, o)
	return results(all, func(p playing) bool { return !p.which.Baseline }), results(all, func(p playing) bool { return p.which.Baseline })
}

// playing is one that is to be played, and what came out.
type playing struct {
	s      scenarios.Scenario
	which  record.Playing
	result judge.Result
}

// results are those of the playings that are meant and came to their end.
func results(all []playing, meant func(playing) bool) []judge.Result {
	list := []judge.Result{}
	for _, p := range all {
		if meant(p) && p.result.Scenario != "" {
			list = append(list, p.result)
		}
	}
	return list
}

func run(ctx context.Context, all []playing, worlds world.Worlds, o Options) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := func(p playing) {
		if o.Done != nil {
			o.Done(p.which, p.result)
		}
		if o.FailFast && p.result.Verdict == judge.Failed {
			stop()
		}
	}
	slots := make(chan struct{}, max(o.Jobs, 1))
	var running sync.WaitGroup
	for i := range all {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		running.Go(func() {
			defer func() { <-slots }()
			p := &all[i]
			r := runOne(ctx, p.s, p.which, worlds, o)
			if interruptedResult(ctx, r) {
				return
			}
			p.result = r
			switch {
			case !r.Overloaded:
				done(*p)
			case o.Retry != nil:
				o.Retry(p.which, r)
			}
		})
	}
	running.Wait()
	retry(ctx, all, func(p playing) bool { return p.result.Overloaded }, func(i int) playing {
		again := all[i]
		again.which.Attempt++
		again.result = runOne(ctx, again.s, again.which, worlds, o)
		if interruptedResult(ctx, again.result) {
			return all[i]
		}
		again.result.Discarded = &judge.Attempt{Verdict: all[i].result.Verdict, Reason: all[i].result.Reason}
		done(again)
		return again
	})
	for _, p := range all {
		if p.result.Overloaded && p.result.Discarded == nil {
			done(p) // there was no time for a retry
		}
	}
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
		e := record.Event{Kind: record.EventUnsupported, Err: unsupported.Reason}
		if unsupported.OfStack {
			e.Of = record.OfStack
		}
		p.record(e)
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
