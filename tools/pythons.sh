# Functions for setup.sh: which Python 3.10 the packages are installed for.

# The newest Python 3.10 among the given programs, the first of equals; nothing where none runs.
newest_python() {
  local candidate patch
  for candidate in "$@"; do
    # A pyenv shim exists without the version behind it, so each candidate is run.
    patch=$("$candidate" -c 'import sys, venv, ssl; print(sys.version_info[2]) if sys.version_info[:2] == (3, 10) else sys.exit(1)' 2>/dev/null) || continue
    printf '%s %s\n' "$patch" "$(command -v "$candidate")"
  done | sort -s -k1,1nr | sed -n '1s/^[0-9]* //p'
}
