// Packs every file below FOLDER as well as can be: `node pack.mjs FOLDER`. Prints what each weighs then, as JSON.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const weights = {};
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  if (!entry.isFile() || /\.(br|gz)$/.test(file)) continue;
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const packed = { ".br": brotliCompressSync(content, { params }), ".gz": gzipSync(content, { level: 9 }) };
  weights[file.slice(folder.length + 1)] = Math.min(content.length, packed[".br"].length);
  for (const [ending, bytes] of Object.entries(packed)) {
    if (bytes.length < 0.95 * content.length) writeFileSync(file + ending, bytes);
  }
}
console.log(JSON.stringify(weights));
