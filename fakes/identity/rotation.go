package identity

import "fmt"

// Replace publishes the next key instead of the one that signs now, and signs
// with it: a rotation without a time in which both are believed, as after a
// key was stolen. A second Replace does nothing until Revert.
func (s *Server) Replace() error {
	next, err := s.upcoming()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.former == nil {
		s.former, s.keys, s.next = s.keys[len(s.keys)-1], []*key{next}, nil
	}
	return nil
}

// Revert undoes Replace: the key before is the only one again. A second Revert
// does nothing.
func (s *Server) Revert() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.former != nil {
		s.next, s.keys, s.former = s.keys[len(s.keys)-1], []*key{s.former}, nil
	}
}

// NewToken signs claims with the key that Replace publishes: with the next one
// before, with the present one after it.
func (s *Server) NewToken(c Claims) (string, error) {
	k, err := s.upcoming()
	if err != nil {
		return "", err
	}
	return s.sign(k, c)
}

// OldToken signs claims with the key that Replace withdraws: with the present
// one before, with the former one after it.
func (s *Server) OldToken(c Claims) (string, error) {
	s.mu.Lock()
	k := s.former
	if k == nil {
		k = s.keys[len(s.keys)-1]
	}
	s.mu.Unlock()
	return s.sign(k, c)
}

// upcoming is the key that Replace publishes, made when it is first needed.
func (s *Server) upcoming() (*key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.former != nil:
		return s.keys[len(s.keys)-1], nil
	case s.next == nil:
		k, err := s.newKey(fmt.Sprintf("key-%d", s.made+1))
		if err != nil {
			return nil, err
		}
		s.made++
		s.next = k
	}
	return s.next, nil
}
