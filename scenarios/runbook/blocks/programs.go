package blocks

import _ "embed"

// programs are names of programs that operators type. A name is one sign of a
// command among others: a program that is not here is recognised by options,
// pipes, paths and variables.
var programs = set(programNames)

//go:embed programs.txt
var programNames string

// keywords begin lines of a shell's own language.
var keywords = set(`if then else elif fi for while until do done esac function export source . alias unset set shift return exit break continue trap wait read declare local readonly typeset cd pushd popd umask [[ ;;`)
