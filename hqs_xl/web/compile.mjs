// Runs in Node when the page is built: starts Python as the page will, and lets it compile what that start loads.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [runtime, work, script] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href);
// Two builds are the same bytes only with sets in the same order; columns within lines serve no page.
const env = { HOME: "/", PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" };
const stdLibURL = `${work}/python_stdlib.zip`;
const python = await loadPyodide({ indexURL: `${runtime}/`, stdLibURL, env, stdout: () => {}, stderr: () => {} });
python.FS.mkdir("/work");
python.FS.mount(python.FS.filesystems.NODEFS, { root: work }, "/work");
try {
  python.runPython(readFileSync(script, "utf8"));
} catch (fault) {
  console.error(String(fault.message).trim());
  process.exit(1);
}
