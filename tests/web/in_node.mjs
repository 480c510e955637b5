// Runs a Python file in Pyodide, with the page's own zip and this checkout's tests; prints what it leaves in `answer`.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";

const given = JSON.parse(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${given.npm}/pyodide/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${given.npm}/pyodide/`, stdout: () => {}, stderr: () => {} });
python.FS.writeFile("/hqs_xl.zip", gunzipSync(readFileSync(given.zip)));
for (const [place, folder] of Object.entries({ "/checkout": given.root, "/work": given.work })) {
  python.FS.mkdir(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, place);
}
python.globals.set("given", python.toPy(given));
try {
  python.runPython(`import sys; sys.path[:0] = ["/hqs_xl.zip", "/checkout"]`);
  python.runPython(readFileSync(given.python, "utf8"));
} catch (fault) {
  console.error(String(fault.message).slice(-3000));
  process.exit(1);
}
console.log(python.globals.get("answer"));
