#!/usr/bin/env bash
# Asks the database of known vulnerabilities about every locked package that the service installs.
# Ends with 0: none but the accepted ones; 1: some, printed; 3: not audited, as the database was not reached.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=${UV:-.tools/bin/uv}
accepted=tools/accepted_advisories.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$uv" export --locked --quiet --no-dev --no-emit-project --no-hashes --format requirements.txt --output-file "$folder/exported.txt" >/dev/null
# What pyproject.toml leaves out is in the lock file, and on no machine.
sed "/sys_platform == 'never'/d" "$folder/exported.txt" >"$folder/locked.txt"
ignored=()
while read -r advisory _; do
  case $advisory in '' | '#'*) ;; *) ignored+=(--ignore-vuln "$advisory") ;; esac
done <"$accepted"
status=0
"$uv" tool run pip-audit --requirement "$folder/locked.txt" --disable-pip --no-deps --progress-spinner off --timeout 15 \
  --format json --output "$folder/found.json" ${ignored[@]+"${ignored[@]}"} >"$folder/said.txt" 2>&1 || status=$?
# pip-audit ends with 1 both where it found something and where it could not ask, and with 0 where a mirror of PyPI without the
# database answers: then it wrote no file, or skipped packages.
touch "$folder/found.json"
skipped=$(awk '{ count += gsub(/"skip_reason"/, "") } END { print count + 0 }' "$folder/found.json")
if [ ! -s "$folder/found.json" ] || [ "$skipped" -gt 0 ]; then
  grep '^ERROR' "$folder/said.txt" >&2 || true
  echo "NOT AUDITED: PyPI's database of vulnerabilities was not reached ($skipped packages were skipped). Run make audit again where" \
    "https://pypi.org/pypi/pip/json can be opened; until then nothing is known." >&2
  exit 3
fi
grep -E '^(Found|No known)' "$folder/said.txt" || true
if [ "$status" -ne 0 ]; then
  cat "$folder/found.json"
  printf '\n%s\n' "Lift the version in pyproject.toml (override-dependencies), or accept it in $accepted with a reason and the day." >&2
  exit 1
fi
echo "Audited: $(grep -c '^[A-Za-z0-9]' "$folder/locked.txt") packages, no known vulnerability but $((${#ignored[@]} / 2)) accepted ones."
