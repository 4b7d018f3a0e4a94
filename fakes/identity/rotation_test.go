package identity_test

import (
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/runproof/runproof/fakes/identity"
)

// keyOf is the id of the key that a token says it was signed with.
func keyOf(t *testing.T, token string, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	parsed, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
	if err != nil {
		t.Fatal(err)
	}
	id, _ := parsed.Header["kid"].(string)
	return id
}

func TestReplaceAndRevertChangeWhoIsBelieved(t *testing.T) {
	s, err := identity.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	c := identity.Claims{Subject: "s"}
	first := s.KeyID()
	token, err := s.NewToken(c)
	next := keyOf(t, token, err)
	if next == first {
		t.Fatalf("the next key is the present one, %s", first)
	}
	for _, step := range []struct {
		name string
		do   func() error
		now  string
	}{
		{"nothing yet", func() error { return nil }, first},
		{"replaced", s.Replace, next},
		{"replaced twice", s.Replace, next},
		{"reverted", func() error { s.Revert(); return nil }, first},
		{"reverted twice", func() error { s.Revert(); return nil }, first},
		{"replaced again", s.Replace, next},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if s.KeyID() != step.now {
			t.Errorf("%s: signs with %s, want %s", step.name, s.KeyID(), step.now)
		}
		token, err := s.OldToken(c)
		if id := keyOf(t, token, err); id != first {
			t.Errorf("%s: the old key is %s, want %s", step.name, id, first)
		}
		token, err = s.NewToken(c)
		if id := keyOf(t, token, err); id != next {
			t.Errorf("%s: the new key is %s, want %s", step.name, id, next)
		}
	}
}

func TestAnUnsignedTokenSaysSo(t *testing.T) {
	s, err := identity.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	token, err := s.UnsignedToken(identity.Claims{Subject: "s"})
	if err != nil {
		t.Fatal(err)
	}
	parsed, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
	if err != nil || parsed.Method.Alg() != "none" {
		t.Errorf("%v, %v", parsed, err)
	}
}
