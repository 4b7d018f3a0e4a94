package defects

import (
	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	checks "github.com/runproof/runproof/cmd/event-service/internal/health"
)

// resourceDefects are what can be wrong with memory and diskSpace.
func resourceDefects() []Defect {
	fine := func(config.Resources) func() string { return func() string { return checks.OK } }
	return []Defect{
		{
			Name: "disk-never-looked-at", Breaks: "health.manual.disk", Latent: true,
			Sees:   ".checks.diskSpace is OK on a disk that is full.",
			Parts:  []string{"Disk"},
			mutate: func(p *app.Parts) { p.Disk = fine },
		},
		{
			Name: "memory-never-looked-at", Breaks: "health.manual.memory", Latent: true,
			Sees:   ".checks.memory is OK until the kernel ends the process.",
			Parts:  []string{"Resident"},
			mutate: func(p *app.Parts) { p.Resident = fine },
		},
		{
			Name: "disk-path-of-another-system", Breaks: "health.manual.disk",
			Sees:  ".checks.diskSpace is never OK: the path that is looked at does not exist here.",
			Parts: []string{"Disk"},
			mutate: func(p *app.Parts) {
				honest := p.Disk
				p.Disk = func(c config.Resources) func() string {
					c.DiskPath = "/no/such/volume"
					return honest(c)
				}
			},
		},
		{
			Name: "memory-threshold-of-nothing", Breaks: "health.manual.memory",
			Sees:  ".checks.memory is LOW from the first second: the threshold is 0 percent.",
			Parts: []string{"Resident"},
			mutate: func(p *app.Parts) {
				honest := p.Resident
				p.Resident = func(c config.Resources) func() string {
					c.MemoryPercent = 0
					return honest(c)
				}
			},
		},
	}
}
