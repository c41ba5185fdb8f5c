// Above this stands PARTS, made with the site: for "pages" and for "tools" each file with a digest of it. A site that is
// built anew has another list, the browser sees that this file has changed, and what is kept is brought up to date.

const ROOT = registration.scope;
const AT_ONCE = 8;

// Fetches a handful of what the parts have not yet, or have otherwise, and forgets what no longer belongs to them. Says how
// many files are here, of how many. Rejects where something does not arrive, or there is no room for it.
async function step(parts) {
  let [done, total, room] = [0, 0, AT_ONCE];
  for (const part of parts) {
    const cache = await caches.open(part);
    const here = new Set((await cache.keys()).map(({ url }) => url));
    const wanted = new Map(Object.entries(PARTS[part]).map(([path, digest]) => [`${ROOT}${path}?${digest}`, ROOT + path]));
    const missing = [...wanted].filter(([name]) => !here.has(name));
    const some = missing.slice(0, room);
    await Promise.all(some.map(async ([name, url]) => cache.put(name, await fetched(url))));
    if (some.length === missing.length) {
      for (const url of here) if (!wanted.has(url)) await cache.delete(url);
    }
    room -= some.length;
    done += wanted.size - missing.length + some.length;
    total += wanted.size;
  }
  return { done, total };
}

async function brought(parts) {
  let how;
  do how = await step(parts);
  while (how.done < how.total);
}

// As a response of its own: a browser opens no page from one that was sent on from another address.
async function fetched(url) {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok && !url.endsWith("/404.html")) throw new Error(url);
  return new Response(response.body, { headers: response.headers });
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
  event.waitUntil(caches.keys().then(brought));
});
// A step at a time: a browser stops a worker that is busy for minutes, and a slow line takes minutes.
addEventListener("message", (event) => {
  const tell = (how) => event.source.postMessage(how);
  event.waitUntil(step(event.data).then(tell, () => tell({ failed: true })));
});
addEventListener("fetch", (event) => event.respondWith(answer(event.request)));
