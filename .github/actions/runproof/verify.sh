#!/usr/bin/env bash
# Runs runproof verify and shows what it found. It ends well whatever the verdict is: that
# goes out as exit-code, so that the bundle is kept before the job fails by it.
#
# In: ARGUMENTS, STACK, TARGET, RUNBOOK, OUT, and GitHub's GITHUB_OUTPUT, GITHUB_STEP_SUMMARY.
set -uo pipefail

read -ra arguments <<<"$ARGUMENTS"
[ -n "$TARGET" ] && arguments+=(--target "$TARGET")
[ -n "$RUNBOOK" ] && arguments+=(--runbook "$RUNBOOK")

# What a service says may look like a command to the runner. None counts until the token.
token="runproof-$RANDOM$RANDOM$RANDOM"
echo "::stop-commands::$token"
runproof verify --stack "$STACK" --out "$OUT" "${arguments[@]}"
code=$?
echo "::$token::"

# The newest bundle: the names begin with the time.
bundle=""
for dir in "$OUT"/*/; do
  [ -f "$dir/result.json" ] && bundle="${dir%/}"
done
if [ -n "$bundle" ]; then
  # A summary may have a megabyte; runproof keeps it below 65,000 bytes.
  cat "$bundle/summary.md" >>"$GITHUB_STEP_SUMMARY"
  runproof report "$bundle" --format annotations 2>/dev/null
else
  echo "::error title=runproof::no result, exit $code: the log above says why"
fi
{
  echo "exit-code=$code"
  echo "bundle=$bundle"
} >>"$GITHUB_OUTPUT"
