// Reads drawn screenshots as the page does, with the scripts and the data of the folder that is named. A line of input
// names a file of pixels, four bytes each, its size and the language of the page; a line of output has what was read and
// the CPU seconds it took.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const folder = `${pathToFileURL(process.argv[2])}/`;
const file = (name) => readFileSync(new URL(name, folder));
const { createOCREngine } = await import(new URL("reader/tesseract.js", folder));
const { readLines } = await import(new URL("letters.js", folder));
const { reads } = JSON.parse(file("about.json"));
const made = new Map();

async function engine(language) {
  const engine = await createOCREngine({ wasmBinary: file("reader/tesseract.wasm") });
  engine.loadModel(gunzipSync(file(`reader/${language}.data`)));
  return engine;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { path, width, height, language } = JSON.parse(line);
  for (const name of reads[language]) if (!made.has(name)) made.set(name, await engine(name));
  const data = new Uint8ClampedArray(readFileSync(path));
  const before = process.cpuUsage();
  const lines = readLines(reads[language].map((name) => made.get(name)), { data, width, height });
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ lines, seconds: (user + system) / 1e6 }));
}
