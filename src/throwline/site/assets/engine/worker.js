// Python beside the page: it answers requests as `throwline serve` does. What it is given stays in this worker's memory
// and is gone with the page. The worker's name is the language of the page.
import { loadPyodide } from "./pyodide.js";
import createPyodideModule from "./pyodide.asm.js";

const WAYS_OUT = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts"];
const STEP = 500_000; // bytes
const place = (name) => new URL(name, import.meta.url).href;

// Counts what arrives, so that the page can say how far it is, from one STEP to the next.
function countArrivals() {
  const plain = self.fetch;
  let arrived = 0;
  let told = 0;
  self.fetch = async (...asked) => {
    const response = await plain(...asked);
    const counter = new TransformStream({
      transform(piece, sink) {
        arrived += piece.length;
        if (arrived - told >= STEP) postMessage({ arrived: (told = arrived) });
        sink.enqueue(piece);
      },
    });
    return new Response(response.body.pipeThrough(counter), response);
  };
}

async function started() {
  countArrivals();
  const [about, app, catalogue] = await Promise.all([
    fetch(place("about.json")).then((response) => response.json()),
    fetch(place("app.zip")).then((response) => response.arrayBuffer()),
    self.name === "en" ? null : fetch(place(`language/${self.name}.mo`)).then((response) => response.arrayBuffer()),
  ]);
  const python = await loadPyodide({
    indexURL: place("."),
    stdLibURL: place("python.zip"),
    lockFileContents: about.lock,
    createPyodideModule,
  });
  const { bytes } = python.pyimport("builtins");
  python.FS.writeFile("/app.zip", new Uint8Array(app));
  if (catalogue) {
    const archive = python.pyimport("zipfile").ZipFile("/app.zip", "a");
    archive.writestr(`throwline/language/${self.name}/LC_MESSAGES/throwline.mo`, bytes(python.toPy(new Uint8Array(catalogue))));
    archive.close();
  }
  python.pyimport("sys").path.append("/app.zip");
  const { Pages, Request } = python.pyimport("throwline.pages");
  const pages = Pages.callKwargs({ seals: true, progress: (done, total) => postMessage({ done, total }) });
  // The policy of the host forbids other sites already. This holds where a host does not send it.
  for (const way of WAYS_OUT) self[way] = undefined;
  return ({ method, path, type, body }) => {
    const given = bytes(python.toPy(new Uint8Array(body)));
    const answer = pages.handle(Request(method, path, type, given));
    return {
      status: answer.status,
      type: answer.content_type,
      headers: answer.headers.toJs({ dict_converter: Object.fromEntries }),
      body: answer.body.toJs(),
    };
  };
}

const ready = started();
ready.then(
  () => postMessage({ ready: true }),
  () => postMessage({ failed: true }),
);

addEventListener("message", async ({ data: { number, request } }) => {
  const handle = await ready;
  try {
    const answer = handle(request);
    postMessage({ number, answer }, [answer.body.buffer]);
  } catch {
    // Python ran out of memory, or of something else that it cannot say.
    postMessage({ number, broken: true });
  }
});
