"""How soon the web chat is seen and how much has to be fetched for it, in the machine's own Chromium."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figures import BenchmarkError, Figure, Report
from benchmarks.options import Options
from benchmarks.our_service import our_service
from benchmarks.processes import HOST
from benchmarks.var_folder import with_own_var

_VISITS, _QUICK = 15, 5
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LARGEST, _LATEST = 150, 1_000
_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""A poor mobile network: 150 ms there and back, 1.6 Mbit/s."""
_PAINTED = """
  new Promise((resolve) => {
    const first = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (first()) resolve(first());
    else new PerformanceObserver(() => first() && resolve(first())).observe({ type: "paint", buffered: true });
  })
"""


def measure(options: Options) -> Report:
    """Opens the page again and again, each time as somebody who was never there."""
    visits = _QUICK if options.quick else _VISITS
    with with_own_var(options.settings) as settings, our_service(settings) as service, _chromium() as browser:
        address = f"http://{HOST}:{service.door.port}/"
        near = [_visit(browser, address) for _ in range(visits)]
        far = [_visit(browser, address, _SLOW) for _ in range(visits)]
    kilobytes = max(size for _, size, _ in near) / 1024
    return Report(
        (
            Figure("first paint, median", statistics.median(painted for painted, _, _ in near), "ms", at_most=_LATEST),
            Figure("first paint, slowest", max(painted for painted, _, _ in near), "ms", at_most=_LATEST),
            Figure("over the wire", kilobytes, "KB", at_most=_LARGEST),
            Figure("errors in the console", sum(errors for _, _, errors in near), at_most=0),
            Figure("first paint on a poor mobile network, median", statistics.median(each for each, _, _ in far), "ms"),
        ),
        notes=(f"{visits} visits with nothing kept, and as many with 150 ms there and back at 1.6 Mbit/s",),
    )


def _visit(browser: Browser, address: str, network: dict[str, Any] | None = None) -> tuple[float, int, int]:
    """Milliseconds until something is seen, bytes fetched with their headers, and errors in the console."""
    context = browser.new_context(service_workers="block")
    try:
        page: Page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        if network:
            line.send("Network.emulateNetworkConditions", network)
        sizes: list[int] = []
        errors: list[str] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(address, wait_until="load")
        painted = float(page.evaluate(_PAINTED))
        page.locator("#settings").wait_for()
        return painted, sum(sizes), len(errors)
    finally:
        context.close()


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = next(filter(None, map(which, _BROWSERS)), playwright.chromium.executable_path)
        if not Path(path).exists():
            raise BenchmarkError(
                "Chromium is not installed; run `bash tools/browser.sh`, which installs it or says how"
            )
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
