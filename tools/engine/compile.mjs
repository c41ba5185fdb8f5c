// Compiles the Python in each ZIP, in place: `node compile.mjs ZIP...`. Only the Python that runs it can make its bytecode.
import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.runPython(readFileSync(new URL("bytecode.py", import.meta.url), "utf-8"));
for (const zip of process.argv.slice(2)) {
  python.FS.writeFile("/source.zip", readFileSync(zip));
  python.runPython('compile_all("/source.zip", "/compiled.zip")');
  writeFileSync(zip, python.FS.readFile("/compiled.zip"));
}
