package store

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestAFullPoolRefusesAfterItsPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBounded(1, time.Second)
		give, err := b.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := b.Take(t.Context()); !errors.Is(err, ErrNoFreeConnection) {
			t.Errorf("got %v", err)
		}
		if waited := time.Since(start); waited != time.Second {
			t.Errorf("waited %s, want 1s", waited)
		}
		give()
		if s := b.State(); s != (SlotState{Max: 1}) {
			t.Errorf("left behind: %+v", s)
		}
	})
}

func TestAPlaceThatIsGivenBackIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBounded(1, time.Second)
		give, _ := b.Take(t.Context())
		time.AfterFunc(time.Second/2, give)
		second, err := b.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if s := b.State(); s.InUse != 1 || s.Waiting != 0 {
			t.Errorf("state %+v", s)
		}
		second()
	})
}

func TestACallerThatLeavesIsToldSo(t *testing.T) {
	b := NewBounded(1, time.Minute)
	give, _ := b.Take(t.Context())
	defer give()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Take(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
