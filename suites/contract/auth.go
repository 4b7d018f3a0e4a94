package contract

import (
	"regexp"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fakes/identity"
	"github.com/runproof/runproof/scenarios/contract"
)

// operation is a request that the service would do, for one operation of the
// contract, and what it would answer.
type operation struct {
	call
	status int
	writes bool
	// event is set where the path names one.
	event bool
}

// operations are good requests for every operation that asks for a token. The
// contract decides which ones those are: a new one fails here until somebody
// says how it is asked for.
func (c *client) operations() []operation {
	GinkgoHelper()
	var list []operation
	for _, o := range contract.Own().Operations() {
		if o.Open() {
			continue
		}
		e := c.create(c.ordinary())
		var it operation
		switch o.ID {
		case "list":
			it = operation{call: call{method: "GET", path: events}, status: 200}
		case "listOfVenue":
			it = operation{call: call{method: "GET", path: "/api/v1/venues/" + c.venue() + "/events"}, status: 200}
		case "create":
			it = operation{call: call{method: "POST", path: events, body: c.ordinary().json()}, status: 201, writes: true}
		case "get":
			it = operation{call: call{method: "GET", path: events + "/" + e.ID}, status: 200, event: true}
		case "update":
			it = operation{call: update(e, c.ordinary(), tag(e)), status: 200, writes: true, event: true}
		case "publish":
			it = operation{call: publish(e), status: 200, writes: true, event: true}
		case "cancel":
			it = operation{call: cancel(e), status: 200, writes: true, event: true}
		default:
			Expect(o.String()).To(BeEmpty(), "no good request is known for this operation")
		}
		list = append(list, it)
	}
	return list
}

// claims are those of a token that is believed, for the client's tenant.
func (c *client) claims() identity.Claims {
	t := c.lane.Adapter.Profile.Token
	return identity.Claims{Subject: t.Subject, Tenant: c.tenant, Roles: t.Roles, Issuer: t.Issuer, Audience: t.Audience}
}

// bearing is the call with another token.
func (c *client) bearing(it call, change func(*identity.Claims)) call {
	GinkgoHelper()
	claims := c.claims()
	change(&claims)
	token, err := c.lane.Identity.Token(claims)
	Expect(err).NotTo(HaveOccurred())
	return it.with("Authorization", "Bearer "+token)
}

// disbelieved are the credentials that say nothing about who calls. Each is
// refused by every operation, before anything else is looked at.
var disbelieved = []struct {
	name   string
	header func(*client) string
}{
	{"no token", func(*client) string { return "" }},
	{"an empty token", func(*client) string { return "Bearer " }},
	{"a password", func(*client) string { return "Basic cnVucHJvb2Y6cnVucHJvb2Y=" }},
	{"no JWT", func(*client) string { return "Bearer token" }},
	{"half a token", func(c *client) string { t := c.token(nil); return "Bearer " + t[:len(t)/2] }},
	{"a token whose claims were changed", func(c *client) string {
		mine, other := c.token(nil), c.token(func(claims *identity.Claims) { claims.Tenant = "other" })
		return "Bearer " + spliced(mine, other)
	}},
	{"an expired token", func(c *client) string {
		return "Bearer " + c.token(func(claims *identity.Claims) { claims.ExpiresIn = -2 * time.Minute })
	}},
	{"a token of another issuer", func(c *client) string {
		return "Bearer " + c.token(func(claims *identity.Claims) { claims.Issuer = "somebody" })
	}},
	{"a token for another audience", func(c *client) string {
		return "Bearer " + c.token(func(claims *identity.Claims) { claims.Audience = "venue-service" })
	}},
	{"a token for no audience", func(c *client) string {
		return "Bearer " + c.token(func(claims *identity.Claims) { claims.Audience = "" })
	}},
	{"a forged token", func(c *client) string {
		token, err := c.lane.Identity.ForgedToken(c.claims())
		Expect(err).NotTo(HaveOccurred())
		return "Bearer " + token
	}},
	{"a token that is not signed", func(c *client) string {
		return "Bearer " + c.signed(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType)
	}},
	{"a token signed with the public key as a secret", func(c *client) string {
		return "Bearer " + c.signed(jwt.SigningMethodHS256, []byte(c.lane.Identity.PublicKeyPEM()))
	}},
	{"a token signed with an empty secret", func(c *client) string {
		return "Bearer " + c.signed(jwt.SigningMethodHS256, []byte{})
	}},
}

// token is one that the identity provider has signed.
func (c *client) token(change func(*identity.Claims)) string {
	GinkgoHelper()
	claims := c.claims()
	if change != nil {
		change(&claims)
	}
	token, err := c.lane.Identity.Token(claims)
	Expect(err).NotTo(HaveOccurred())
	return token
}

// signed is a token with the right claims that somebody else has signed.
func (c *client) signed(method jwt.SigningMethod, key any) string {
	GinkgoHelper()
	claims := c.claims()
	token := jwt.NewWithClaims(method, jwt.MapClaims{
		"sub": claims.Subject, "iss": claims.Issuer, "aud": claims.Audience, "tenant_id": claims.Tenant,
		"roles": claims.Roles, "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
	})
	token.Header["kid"] = c.lane.Identity.KeyID()
	text, err := token.SignedString(key)
	Expect(err).NotTo(HaveOccurred())
	return text
}

// authPromises are about who is believed, and who may do what.
func authPromises(promised register) {
	for _, d := range disbelieved {
		promised("authentication", d.name+" is refused by every operation", func(c *client) {
			header := d.header(c)
			for _, o := range c.operations() {
				c.do(o.with("Authorization", header), 401)
				// Who is not known learns nothing, be the request good or bad.
				if o.event {
					c.do(call{method: o.method, path: o.path + "x", body: o.body}.with("Authorization", header), 401, 404)
				}
			}
		})
	}

	promised("authentication", "the name of the scheme may be written in any way", func(c *client) {
		c.do(call{method: "GET", path: events}.with("Authorization", "bearer "+c.token(nil)), 200)
		c.do(call{method: "GET", path: events}.with("Authorization", "BEARER "+c.token(nil)), 200)
	})

	promised("authentication", "probes, metrics and the document need no token", func(c *client) {
		for _, path := range []string{"/health/live", "/health/ready", "/metrics", "/openapi.json"} {
			c.do(call{method: "GET", path: path}.with("Authorization", "").with("X-Tenant-ID", ""), 200)
		}
	})

	promised("authorisation", "a token without a role may do nothing", func(c *client) {
		for _, o := range c.operations() {
			c.do(c.bearing(o.call, func(claims *identity.Claims) { claims.Roles = nil }), 403)
		}
	})

	promised("authorisation", "a role that may not write may read", func(c *client) {
		for _, o := range c.operations() {
			want := o.status
			if o.writes {
				want = 403
			}
			c.do(c.bearing(o.call, func(claims *identity.Claims) { claims.Roles = []string{"viewer"} }), want)
		}
		for _, e := range c.do(call{method: "GET", path: events}, 200).page().Items {
			Expect(e.Version).To(BeEquivalentTo(1), "what was forbidden was not done")
		}
	})

	promised("authorisation", "a role that may write may do everything", func(c *client) {
		for _, role := range []string{"organizer", "admin"} {
			for _, o := range c.operations() {
				c.do(c.bearing(o.call, func(claims *identity.Claims) { claims.Roles = []string{"viewer", role} }), o.status)
			}
		}
	})

	// Runbook, "Event Creation Failures", step 3.
	promised("tenancy", "a request without a tenant is told that one is required", func(c *client) {
		for _, o := range c.operations() {
			it := c.bearing(o.call, func(claims *identity.Claims) { claims.Tenant = "" })
			got := c.do(it.with("X-Tenant-ID", ""), 400)
			Expect(got.problem().Detail).To(ContainSubstring("tenant_id is required"))
			Expect(got.problem().Fields()).To(ContainElement("tenant_id"))
		}
	})

	// Runbook, "Tenant Isolation Issues", step 2: the header may say what the
	// token says, and nothing else.
	promised("tenancy", "the tenant's header must agree with the token", func(c *client) {
		other := c.another()
		for _, o := range c.operations() {
			c.do(o.with("X-Tenant-ID", other.tenant), 403)
			c.do(o.with("X-Tenant-ID", c.tenant+" "+other.tenant), 403)
			c.do(o.with("X-Tenant-ID", ""), o.status)
		}
		Expect(other.do(call{method: "GET", path: events}, 200).page().Items).To(BeEmpty())
	})

	promised("tenancy", "another tenant's event is as if it had never been", func(c *client) {
		owner := c.another()
		for _, o := range owner.operations() {
			if !o.event {
				continue
			}
			got := c.do(o.call, 404)
			never := o.call
			never.path = eventPath.ReplaceAllString(o.path, events+"/"+uuid.NewString())
			Expect(got.problem().Detail).To(Equal(c.do(never, 404).problem().Detail), "nothing tells it from one that is not there")
		}
		for _, path := range []string{events, "/api/v1/venues/" + owner.venue() + "/events", events + "?venue_id=" + owner.venue()} {
			Expect(c.do(call{method: "GET", path: path}, 200).page().Items).To(BeEmpty())
		}
		mine := owner.do(call{method: "GET", path: events}, 200).page().Items
		Expect(mine).NotTo(BeEmpty(), "the owner sees what the other does not")
		for _, e := range mine {
			Expect(e.Version).To(BeEquivalentTo(1), "nobody else has changed it")
		}
	})

	promised("tenancy", "what its owner reads all the time is never shown to another tenant", func(c *client) {
		owner := c.another()
		e := owner.create(owner.ordinary())
		hall := call{method: "GET", path: "/api/v1/venues/" + e.VenueID + "/events"}
		Consistently(c.ctx, func(g Gomega) {
			g.Expect(owner.get(e.ID)).To(Equal(e))
			g.Expect(owner.do(hall, 200).page().Items).To(ConsistOf(e))
			c.do(call{method: "GET", path: events + "/" + e.ID}, 404)
			g.Expect(c.do(hall, 200).page().Items).To(BeEmpty())
		}).WithTimeout(watchedFor).WithPolling(watchedFor / 20).Should(Succeed())
	})
}

// watchedFor is longer than an event that is read all the time stays out of any
// cache: the reference keeps a new one out for six seconds, and a shorter look
// would see Postgres alone.
const watchedFor = 8 * time.Second

// eventPath is the part of a path that names an event.
var eventPath = regexp.MustCompile(events + `/[0-9a-f-]{36}`)

// spliced is the first token with the claims of the second.
func spliced(one, other string) string {
	parts, claims := strings.Split(one, "."), strings.Split(other, ".")[1]
	return parts[0] + "." + claims + "." + parts[2]
}
