#!/usr/bin/env bash
# Installs Chromium for the tests of the pages, where there is none and this user may install packages.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
# Playwright's own, as `.venv/bin/playwright install chromium` fetches it.
for found in "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/; do
  if [ -d "$found" ]; then exit 0; fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  say "正在安装 Chromium，用来测试网页……"
  if apt-get update -qq >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; then
    exit 0
  fi
fi
say "The tests of the pages need Chromium; run 'sudo apt-get install chromium' or '.venv/bin/playwright install chromium'."
