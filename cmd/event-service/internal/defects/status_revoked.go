package defects

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
)

// revocations looks each token up in Redis, and believes none that it cannot
// look up.
func revocations(p *app.Parts) {
	client := keepingRedis(p)
	aroundTokens(p, func(t httpapi.Tokens) httpapi.Tokens { return revoked{t, client()} })
}

type revoked struct {
	httpapi.Tokens
	client redis.Cmdable
}

func (r revoked) Verify(ctx context.Context, token string) (auth.Identity, error) {
	sum := sha256.Sum256([]byte(token))
	within, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	n, err := r.client.Exists(within, "event-service:revoked:"+hex.EncodeToString(sum[:])).Result()
	if err != nil || n > 0 {
		return auth.Identity{}, fmt.Errorf("%w: revoked, or nobody knows", auth.ErrToken)
	}
	return r.Tokens.Verify(ctx, token)
}
