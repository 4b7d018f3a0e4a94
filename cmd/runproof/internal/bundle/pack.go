package bundle

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// packedEnding is that of a bundle in one file.
const packedEnding = ".tar.zst"

// unpackedLimit bounds what a packed bundle unpacks to, in bytes: a full run has some
// hundred megabytes at most, and a file may come from anybody.
const unpackedLimit = 4 << 30

// Pack writes the bundle into one file beside its directory, and returns its path.
func (b *Bundle) Pack() (path string, err error) {
	path = b.dir + packedEnding
	file, err := os.Create(path)
	if err != nil {
		return "", fmt.Errorf("pack: %w", err)
	}
	if err := errors.Join(pack(file, os.DirFS(b.dir)), file.Close()); err != nil {
		return "", fmt.Errorf("pack: %w", errors.Join(err, os.Remove(path)))
	}
	return path, nil
}

func pack(to io.Writer, files fs.FS) error {
	compressed, err := zstd.NewWriter(to)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(compressed)
	return errors.Join(archive.AddFS(files), archive.Close(), compressed.Close())
}

// unpack unpacks a packed bundle into a directory of its own, which the caller
// removes.
func unpack(path string) (dir string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", cause(err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	if dir, err = os.MkdirTemp("", "runproof-bundle-"); err != nil {
		return "", err
	}
	if err := unpackInto(dir, file); err != nil {
		return "", errors.Join(fmt.Errorf("not a packed bundle: %w", err), os.RemoveAll(dir))
	}
	return dir, nil
}

func unpackInto(dir string, packed io.Reader) error {
	plain, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer plain.Close()
	root, err := os.OpenRoot(dir) // no name leads out of it
	if err != nil {
		return err
	}
	defer root.Close() //nolint:errcheck // what was written in it is closed
	left := int64(unpackedLimit)
	for archive := tar.NewReader(plain); ; {
		h, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case h.Typeflag == tar.TypeDir:
			continue
		case h.Typeflag != tar.TypeReg:
			return fmt.Errorf("%q is no regular file", h.Name)
		}
		if left -= h.Size; left < 0 {
			return fmt.Errorf("it unpacks to more than %d bytes", int64(unpackedLimit))
		}
		if err := unpackFile(root, filepath.FromSlash(h.Name), archive); err != nil {
			return err
		}
	}
}

func unpackFile(root *os.Root, name string, from io.Reader) error {
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := root.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Close())
}

// isPacked reports whether a path names a bundle in one file.
func isPacked(path string) bool { return strings.HasSuffix(path, packedEnding) }
