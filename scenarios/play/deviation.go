package play

import (
	"context"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// startTimeout bounds the start in a world: that of the process, or, where the world
// has a profile's, that of the readiness as well.
func startTimeout(w world.World) time.Duration {
	if t, is := w.(world.Tolerant); is && t.StartTimeout() > 0 {
		return t.StartTimeout()
	}
	return startDeadline
}

// tolerates reports whether what is not as expected is a deviation of a service that
// is well.
func (p *observer) tolerates(ctx context.Context) bool {
	t, is := p.w.(world.Tolerant)
	if !is || t.StartTimeout() == 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, scenarios.ObservationTimeout)
	defer cancel()
	return t.Healthy(ctx) == nil
}

// deviation records that an expectation is not met, or already met, in a service that is
// well.
func (p *observer) deviation(phase scenarios.Phase, stage int, id string) {
	p.record(record.Event{Kind: record.EventDeviation, Phase: phase, Stage: stage, Of: id})
}
