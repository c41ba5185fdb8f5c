// Runs the portable floor's tests in Pyodide: node run.mjs SITE_PACKAGES TEST_FOLDER...
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const [site, ...folders] = process.argv.slice(2);
const python = await loadPyodide();
for (const [place, folder] of [["/repo", fileURLToPath(new URL("../..", import.meta.url))], ["/site", site]]) {
  python.mountNodeFS(place, folder);
}
python.globals.set("folders", python.toPy(folders));
const code = `
import os, sys

os.chdir("/repo")
sys.dont_write_bytecode = True
sys.path[:0] = ["/repo/src", "/repo", "/site"]
import pytest

int(pytest.main(["-q", "-p", "no:cacheprovider", "-m", "not native", *folders]))
`;
try {
  process.exitCode = python.runPython(code);
} catch (error) {
  // Only the message: an uncaught error would print the whole of Pyodide's source line.
  console.error(error.message);
  process.exitCode = 1;
}
