// Reads the words off screenshots. Each is opened here, one after the other, and forgotten; its lines, where they stand
// and the colours around them go on to Python. The worker's name is the language of the page.
import { readLines } from "./letters.js";
import { pixelsOf } from "./pixels.js";
import { createOCREngine } from "./reader/tesseract.js";

const place = (name) => new URL(`reader/${name}`, import.meta.url);

// One for each language that is read on such a page, its own first.
async function started() {
  const about = await fetch(new URL("about.json", import.meta.url)).then((response) => response.json());
  const wasmBinary = await fetch(place("tesseract.wasm")).then((response) => response.arrayBuffer());
  const languages = about.reads[self.name] ?? about.reads.en;
  return Promise.all(
    languages.map(async (language) => {
      const packed = await fetch(place(`${language}.data`));
      const model = await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
      const engine = await createOCREngine({ wasmBinary });
      engine.loadModel(model);
      return engine;
    }),
  );
}

// Without the fourth byte of each pixel.
function threeEach(data) {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    rgb[to++] = data[from];
    rgb[to++] = data[from + 1];
    rgb[to++] = data[from + 2];
  }
  return rgb;
}

addEventListener("message", async ({ data: files }) => {
  let engines;
  try {
    engines = await started();
  } catch {
    postMessage({ failed: "failed" });
    return;
  }
  const read = [];
  for (const file of files) {
    postMessage({ done: read.length, total: files.length });
    try {
      const picture = await pixelsOf(file);
      const { width, height } = picture;
      read.push({ lines: readLines(engines, picture), rgb: threeEach(picture.data), width, height });
    } catch {
      postMessage({ failed: "picture" });
      return;
    }
  }
  postMessage({ read }, read.map(({ rgb }) => rgb.buffer));
});
