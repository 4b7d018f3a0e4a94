package record

import "fmt"

// Format is the number of the form in which a run is kept on disk: result.json, the
// events and what lies beside them. It goes up when a version that knows the
// number before could misread what it finds. In 1 durations were nanoseconds; in 2 an answer was
// recorded by what was found wrong with it.
const Format = 3

// Readable says why a file of some format cannot be read by this version; nil: it can.
func Readable(file string, format int) error {
	switch {
	case format == Format:
		return nil
	case format == 0:
		return fmt.Errorf("%s has no format number: a version of runproof before format %d wrote it, and that one can read it", file, Format)
	case format > Format:
		return fmt.Errorf("%s has format %d, this version of runproof reads %d: use a later one", file, format, Format)
	}
	return fmt.Errorf("%s has format %d, this version of runproof reads %d: use the one that wrote it", file, format, Format)
}
