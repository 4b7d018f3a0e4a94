package defects

import (
	"context"
	"errors"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
)

func shutdownDefects() []Defect {
	return []Defect{
		{
			Name: "requests-dropped-at-the-end", Breaks: "recovery.restart.graceful", Latent: true,
			Sees:  "Each rollout cuts the requests that are under way.",
			Parts: []string{"Stop"},
			mutate: func(p *app.Parts) {
				p.Stop = func(ctx context.Context, s app.Stoppable) error {
					s.NotReady()
					return s.Close(ctx)
				}
			},
		},
		{
			Name: "failure-at-the-end", Breaks: "recovery.restart.graceful", Latent: true,
			Sees:  "Each rollout looks like a crash: the process ends with a code other than 0.",
			Parts: []string{"Stop"},
			mutate: func(p *app.Parts) {
				honest := p.Stop
				p.Stop = func(ctx context.Context, s app.Stoppable) error {
					return errors.Join(honest(ctx, s), errors.New("terminated"))
				}
			},
		},
		{
			Name: "drain-cut-short", Breaks: "recovery.restart.graceful", Latent: true,
			Sees:  "Each rollout cuts the requests that take more than a moment; those that are about to end are finished.",
			Parts: []string{"Stop"},
			mutate: func(p *app.Parts) {
				p.Stop = func(ctx context.Context, s app.Stoppable) error {
					s.NotReady()
					<-time.After(s.Delay())
					within, cancel := context.WithTimeout(ctx, 600*time.Millisecond)
					defer cancel()
					_ = s.Drain(within)
					return s.Close(ctx)
				}
			},
		},
		{
			Name: "ready-until-the-end", Breaks: "recovery.restart.graceful", Latent: true,
			Sees:  "Each rollout refuses connections: requests are sent to a process that has stopped listening.",
			Parts: []string{"Stop"},
			mutate: func(p *app.Parts) {
				p.Stop = func(ctx context.Context, s app.Stoppable) error {
					if err := s.Drain(ctx); err != nil {
						return err
					}
					return s.Close(ctx)
				}
			},
		},
	}
}
