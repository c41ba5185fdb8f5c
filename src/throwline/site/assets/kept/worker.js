// Above this stands PARTS, made with the site: for "pages" and for "tools" each file with a digest of it. A site that is
// built anew has another list, the browser sees that this file has changed, and what is kept is brought up to date.

const ROOT = registration.scope;
const AT_ONCE = 6;

// Fetches what the part has not yet, or has otherwise, and forgets the rest. Rejects where something does not arrive, or
// there is no room for it.
async function keep(part, tell = () => {}) {
  const cache = await caches.open(part);
  const here = new Set((await cache.keys()).map(({ url }) => url));
  const wanted = new Map(Object.entries(PARTS[part]).map(([path, digest]) => [`${ROOT}${path}?${digest}`, ROOT + path]));
  const missing = [...wanted].filter(([name]) => !here.has(name));
  for (let done = 0; done < missing.length; done += AT_ONCE) {
    tell({ done, total: missing.length });
    await Promise.all(missing.slice(done, done + AT_ONCE).map(async ([name, url]) => cache.put(name, await fetched(url))));
  }
  for (const url of here) if (!wanted.has(url)) await cache.delete(url);
}

// As a response of its own: a browser opens no page from one that was sent on from another address.
async function fetched(url) {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok && !url.endsWith("/404.html")) throw new Error(url);
  return new Response(response.body, { headers: response.headers });
}

async function kept(parts, tell) {
  for (const part of parts) {
    const before = await caches.has(part);
    try {
      await keep(part, tell);
    } catch {
      if (!before) await caches.delete(part);
      return { failed: true };
    }
  }
  return { kept: true };
}

// Some hosts leave ".html" out of addresses.
function fileOf(url) {
  const { origin, pathname } = new URL(url);
  if (pathname.endsWith("/")) return `${origin}${pathname}index.html`;
  return origin + pathname + (pathname.split("/").pop().includes(".") ? "" : ".html");
}

async function answer(request) {
  if (!request.url.startsWith(ROOT)) return Response.error();
  const copy = await caches.match(fileOf(request.url), { ignoreSearch: true, ignoreVary: true });
  if (copy) return copy;
  try {
    return await fetch(request);
  } catch {
    const lost = Object.keys(PARTS.pages).find((path) => path.endsWith("404.html"));
    return request.mode === "navigate" ? Response.redirect(ROOT + lost) : Response.error();
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.keys().then((parts) => Promise.all(parts.map((part) => keep(part)))));
});
addEventListener("message", (event) => {
  const tell = (how) => event.source.postMessage(how);
  event.waitUntil(kept(event.data, tell).then(tell));
});
addEventListener("fetch", (event) => event.respondWith(answer(event.request)));
