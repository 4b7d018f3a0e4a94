package store

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestAFullPoolRefusesAfterItsTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewSemaphore(1, time.Second)
		release, err := b.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := b.Acquire(t.Context()); !errors.Is(err, ErrNoFreeConnection) {
			t.Errorf("got %v", err)
		}
		if waited := time.Since(start); waited != time.Second {
			t.Errorf("waited %s, want 1s", waited)
		}
		release()
		if s := b.State(); s != (LimiterState{Max: 1}) {
			t.Errorf("left behind: %+v", s)
		}
	})
}

func TestAPlaceThatIsGivenBackIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewSemaphore(1, time.Second)
		release, _ := b.Acquire(t.Context())
		time.AfterFunc(time.Second/2, release)
		second, err := b.Acquire(t.Context())
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
	b := NewSemaphore(1, time.Minute)
	release, _ := b.Acquire(t.Context())
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Acquire(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
