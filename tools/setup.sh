#!/usr/bin/env bash
# Installs the locked packages into .venv on a machine that has only some Python and the package registry.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

source tools/pythons.sh

# The newest Python 3.10 among: the PATH, pyenv's versions, what uv finds. Where uv may download, it fetches its newest first.
find_python() {
  if [ "${UV_PYTHON_DOWNLOADS:-never}" = automatic ]; then
    "$uv" python install --quiet 3.10 || say "uv could not fetch the newest Python 3.10; the newest one here is taken."
  fi
  newest_python python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10 /usr/local/bin/python3.10 /opt/python/cp310*/bin/python3.10 \
    "$("$uv" python find --no-python-downloads 3.10 2>/dev/null)" "$("$uv" python find --no-python-downloads --managed-python 3.10 2>/dev/null)"
}

# Some Python that can make a virtual environment, to install uv with.
any_python() {
  local candidate
  for candidate in python3 python python3.10 python3.11 python3.12 python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
      printf '%s' "$candidate"
      return
    fi
  done
  return 1
}

# Whether there is a uv on the PATH that reads uv.lock and knows the options below: 0.5 or newer.
has_usable_uv() {
  local version major minor
  version=$(uv --version 2>/dev/null) || return 1
  [[ $version =~ ^uv\ ([0-9]+)\.([0-9]+) ]] || return 1
  major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
  ((major > 0 || minor >= 5))
}

uv=.tools/bin/uv
if [ ! -x "$uv" ]; then
  if has_usable_uv; then
    mkdir -p .tools/bin && ln -sf "$(command -v uv)" "$uv"
  else
    base=$(any_python) || { say "No usable Python found. Install Python 3.10 (e.g. 'pyenv install 3.10' or 'apt-get install python3-venv') and run make again."; exit 1; }
    say "正在安装 uv ……"
    "$base" -m venv .tools
    .tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
  fi
fi

python=$(find_python) || true
if [ -z "${python:-}" ]; then
  say "Python 3.10 is needed and was not found. Install it with one of these and run make again:"
  say "  pyenv install 3.10"
  say "  $uv python install 3.10"
  exit 1
fi
say "正在安装依赖（第一次约一两分钟）…… Python: $python"
# Compiled once here, so that a start takes seconds even where Python may not write its caches.
UV_PYTHON_DOWNLOADS=never "$uv" sync --locked --quiet --compile-bytecode --python "$python"
