package scenarios

import "cmp"

// failed names the first expectation that decides and did not hold, or where
// the harness could not look, or the machine may be why none of them did, what
// excuses the first. What was not looked at says nothing of its own: what kept
// us from looking does.
func (j *judge) failed(outcomes []Outcome) (failed, excused string) {
	var unseen string
	for _, o := range outcomes {
		switch {
		case o.Held || !j.decides(o):
		case o.blind():
			excused = cmp.Or(excused, o.Sentence())
		case o.unseen:
			unseen = cmp.Or(unseen, o.Sentence())
		case o.strained == nil:
			return o.Sentence(), ""
		case excused == "":
			excused = noTime(o.strained, o.Sentence())
		}
	}
	if excused != "" {
		return "", excused
	}
	return unseen, ""
}

// blame is what failed, or what excuses it where the machine took the time of
// the window.
func (j *judge) blame(what string, w window) (failed, excused string) {
	if e := j.strainedIn(w); e != nil {
		return "", noTime(e, what)
	}
	return what, ""
}
