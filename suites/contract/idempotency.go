package contract

import (
	"sync"

	"github.com/google/uuid"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/contract"
)

// keyed is a create with a key.
func (c *client) keyed(key string, d details) call {
	return call{method: "POST", path: events, body: d.json()}.with("Idempotency-Key", key)
}

// all are the tenant's events, for those who have no more than a page.
func (c *client) all() []contract.Event {
	return c.do(call{method: "GET", path: events + "?limit=100"}, 200).page().Items
}

// idempotencyPromises are about creates that come with a key.
func idempotencyPromises(promised register) {
	promised("idempotency", "a create that is repeated with its key is done once", func(c *client) {
		key := uuid.NewString()
		first := c.do(c.keyed(key, c.ordinary()), 201)
		Expect(first.got.Header).NotTo(HaveKey("Idempotency-Replayed"))
		for range 3 {
			again := c.do(c.keyed(key, c.ordinary()), 201)
			Expect(again.event()).To(Equal(first.event()))
			Expect(again.got.Header.Get("Idempotency-Replayed")).To(Equal("true"))
		}
		Expect(c.all()).To(HaveLen(1))
	})

	promised("idempotency", "a key that comes with another request is refused", func(c *client) {
		key := uuid.NewString()
		first := c.do(c.keyed(key, c.ordinary()), 201).event()
		got := c.do(c.keyed(key, c.ordinary().with("capacity", "7")), 422)
		Expect(got.problem().Fields()).To(ConsistOf("Idempotency-Key"))
		Expect(c.all()).To(ConsistOf(first))
	})

	promised("idempotency", "a refused create leaves its key free", func(c *client) {
		key := uuid.NewString()
		c.do(c.keyed(key, c.ordinary().with("capacity", "0")), 422)
		c.do(c.keyed(key, c.ordinary()), 201)
		Expect(c.all()).To(HaveLen(1))
	})

	promised("idempotency", "a key belongs to its tenant", func(c *client) {
		other := c.another()
		key := uuid.NewString()
		mine := c.do(c.keyed(key, c.ordinary()), 201).event()
		theirs := other.do(other.keyed(key, other.ordinary()), 201).event()
		Expect(theirs.ID).NotTo(Equal(mine.ID))
		Expect(theirs.TenantID).To(Equal(other.tenant))
	})

	promised("idempotency", "without a key, and with another one, it is another event", func(c *client) {
		c.create(c.ordinary())
		c.create(c.ordinary())
		c.do(c.keyed(uuid.NewString(), c.ordinary()), 201)
		c.do(c.keyed(uuid.NewString(), c.ordinary()), 201)
		Expect(c.all()).To(HaveLen(4))
	})

	promised("idempotency", "of creates at the same time with one key one is made", func(c *client) {
		for range 3 {
			before := len(c.all())
			key := uuid.NewString()
			replies := make([]reply, 6)
			var wait sync.WaitGroup
			for i := range replies {
				wait.Go(func() {
					alone := *c
					alone.seen = contract.Coverage{}
					replies[i] = alone.try(c.keyed(key, c.ordinary()))
				})
			}
			wait.Wait()
			for _, r := range replies {
				Expect(r.broken(201)).To(BeEmpty(), r.String())
				Expect(r.event().ID).To(Equal(replies[0].event().ID))
			}
			Expect(c.all()).To(HaveLen(before + 1))
		}
	})
}
