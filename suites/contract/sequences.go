package contract

import (
	"sync"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/contract"
)

// update is an update with a precondition; publish and cancel may go without one.
func update(e contract.Event, d details, match string) call {
	return call{method: "PUT", path: events + "/" + e.ID, body: d.json()}.with("If-Match", match)
}

func publish(e contract.Event) call {
	return call{method: "POST", path: events + "/" + e.ID + "/publish"}
}

func cancel(e contract.Event) call {
	return call{method: "POST", path: events + "/" + e.ID + "/cancel"}
}

// sequencesPromises are about calls that follow one another.
func sequencesPromises(promised register) {
	promised("sequences", "create, get, list, update with a stale ETag, cancel, again", func(c *client) {
		renamed := c.ordinary().with("name", text("Recital"))
		e := c.create(c.ordinary())
		Expect(c.get(e.ID)).To(Equal(e))
		Expect(c.do(call{method: "GET", path: events}, 200).page().Items).To(ConsistOf(e))

		second := c.do(update(e, renamed, tag(e)), 200).event()
		Expect(second.Name).To(Equal("Recital"))
		Expect(second.Version).To(Equal(e.Version + 1))
		c.do(update(e, c.ordinary(), tag(e)), 412)
		Expect(c.get(e.ID)).To(Equal(second), "a stale update changes nothing")
		Expect(c.do(call{method: "GET", path: events}, 200).page().Items).To(ConsistOf(second), "a list shows the update")

		cancelled := c.do(cancel(e), 200).event()
		Expect(cancelled.Status).To(Equal("cancelled"))
		Expect(cancelled.Version).To(Equal(second.Version + 1))
		Expect(c.do(cancel(e), 200).event()).To(Equal(cancelled), "cancelling twice is cancelling once")
		c.do(update(e, renamed, tag(cancelled)), 409)
		c.do(publish(e), 409)
		Expect(c.get(e.ID)).To(Equal(cancelled))
	})

	promised("sequences", "publish once, twice, and with a stale ETag", func(c *client) {
		e := c.create(c.ordinary())
		c.do(publish(e).with("If-Match", `"2"`), 412)
		published := c.do(publish(e).with("If-Match", tag(e)), 200).event()
		Expect(published.Status).To(Equal("published"))
		Expect(published.Version).To(Equal(e.Version + 1))
		Expect(c.do(publish(e), 200).event()).To(Equal(published), "publishing twice is publishing once")
		c.do(publish(e).with("If-Match", tag(e)), 412)
		c.do(cancel(e).with("If-Match", tag(e)), 412)
		Expect(c.get(e.ID)).To(Equal(published))
		updated := c.do(update(e, c.ordinary().with("capacity", "7"), tag(published)), 200).event()
		Expect(updated.Status).To(Equal("published"), "an update leaves the status alone")
		Expect(c.do(cancel(e).with("If-Match", tag(updated)), 200).event().Status).To(Equal("cancelled"))
	})

	promised("sequences", "an update needs a precondition", func(c *client) {
		e := c.create(c.ordinary())
		c.do(call{method: "PUT", path: events + "/" + e.ID, body: c.ordinary().json()}, 428)
		c.do(update(e, c.ordinary(), `W/"1"`), 412) // a weak tag matches nothing (RFC 9110, 13.1.1)
		c.do(update(e, c.ordinary(), `"never-given-out"`), 412)
		c.do(update(e, c.ordinary(), `"0"`), 412)
		Expect(c.get(e.ID)).To(Equal(e))
		Expect(c.do(update(e, c.ordinary(), "*"), 200).event().Version).To(Equal(e.Version + 1))
	})

	promised("sequences", "who has the version already is told so", func(c *client) {
		e := c.create(c.ordinary())
		get := call{method: "GET", path: events + "/" + e.ID}
		for _, known := range []string{tag(e), "*", "W/" + tag(e), `"7", ` + tag(e)} {
			c.do(get.with("If-None-Match", known), 304)
		}
		c.do(get.with("If-None-Match", `"7"`), 200)
		c.do(update(e, c.ordinary(), tag(e)), 200)
		c.do(get.with("If-None-Match", tag(e)), 200)
	})

	promised("sequences", "of two updates of one version exactly one is made", func(c *client) {
		for range 5 {
			e := c.create(c.ordinary())
			replies := make([]reply, 4)
			var wait sync.WaitGroup
			for i := range replies {
				wait.Go(func() {
					alone := *c
					alone.seen = contract.Coverage{}
					replies[i] = alone.try(update(e, c.ordinary().with("name", text(string(rune('A'+i)))), tag(e)))
				})
			}
			wait.Wait()
			var made []string
			for _, r := range replies {
				Expect(r.broken(200, 412)).To(BeEmpty(), r.String())
				if r.got.Status == 200 {
					made = append(made, r.event().Name)
				}
			}
			Expect(made).To(HaveLen(1))
			now := c.get(e.ID)
			Expect(now.Name).To(Equal(made[0]))
			Expect(now.Version).To(Equal(e.Version + 1))
		}
	})

	promised("sequences", "an event that never was is not found, whatever is asked of it", func(c *client) {
		never := contract.Event{ID: uuid.NewString(), Version: 1}
		for _, it := range []call{{method: "GET", path: events + "/" + never.ID}, update(never, c.ordinary(), `"1"`), update(never, c.ordinary(), "*"), publish(never), cancel(never)} {
			By(it.method + " " + it.path)
			c.do(it, 404)
		}
	})
}
