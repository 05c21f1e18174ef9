// Keeps the page itself for when there is no network. Never a question, an answer, or anything of the console.

const SHELL = "zhuyetong-shell";

const isShell = ({ method, url }) => {
  const { origin, pathname } = new URL(url);
  return method === "GET" && origin === location.origin && (pathname === "/" || pathname.startsWith("/page/"));
};

/** The newest there is; what was kept only where nothing answers. */
async function fetched(request) {
  const cache = await caches.open(SHELL);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (failure) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw failure;
  }
}

addEventListener("install", (event) => {
  const files = caches.open(SHELL).then((cache) => cache.addAll(["/", "/page/style.css", "/page/icon.svg"]));
  event.waitUntil(files.then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (isShell(event.request)) event.respondWith(fetched(event.request));
});
