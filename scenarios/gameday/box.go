package gameday

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// boxStep is what the length of a text is rounded up to, in bytes: a length says
// nothing of what is in the text.
const boxStep = 1024

// Box encrypts a text by a key that only the facilitator has (AES-256-GCM), as
// one line.
func Box(key string, text []byte) (string, error) {
	seal, err := sealer(key)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, seal.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", fmt.Errorf("random bytes: %w", err)
	}
	padded := append(append([]byte{}, text...), strings.Repeat(" ", boxStep-len(text)%boxStep)...)
	return base64.StdEncoding.EncodeToString(seal.Seal(nonce, nonce, padded, nil)), nil
}

// Unbox decrypts it.
func Unbox(key, box string) ([]byte, error) {
	seal, err := sealer(key)
	if err != nil {
		return nil, err
	}
	sealed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(box))
	if err != nil || len(sealed) < seal.NonceSize() {
		return nil, errors.New("this is not an encrypted text")
	}
	text, err := seal.Open(nil, sealed[:seal.NonceSize()], sealed[seal.NonceSize():], nil)
	if err != nil {
		return nil, errors.New("the key does not fit, or the text was changed")
	}
	return text, nil
}

func sealer(key string) (cipher.AEAD, error) {
	if key == "" {
		return nil, errors.New("the key is empty")
	}
	sum := sha256.Sum256([]byte(key))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	return cipher.NewGCM(block)
}
