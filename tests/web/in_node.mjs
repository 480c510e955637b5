// Runs a Python file in Pyodide, with what the page is packed with and this checkout's tests; prints what it leaves in `answer`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";

const given = JSON.parse(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${given.npm}/pyodide/pyodide.mjs`).href);
const pack = (name) => gunzipSync(readFileSync(`${given.packs}/${name}.gz`));
const quiet = { indexURL: `${given.npm}/pyodide/`, stdout: () => {}, stderr: () => {} };
const folder = mkdtempSync(join(tmpdir(), "page-"));
const stdLibURL = join(folder, "python_stdlib.zip");
// The tests' own tools need more of Python's library than the page has.
writeFileSync(stdLibURL, given.whole ? readFileSync(`${given.npm}/pyodide/python_stdlib.zip`) : pack("python_stdlib.zip"));
const python = await loadPyodide({ ...quiet, stdLibURL });
rmSync(folder, { recursive: true });
python.FS.writeFile("/hqs_xl.zip", pack("hqs_xl.zip"));
const mounts = { "/checkout": given.root, "/work": given.work, "/wheels": given.wheels };
for (const [place, folder] of Object.entries(mounts).filter(([, one]) => one)) {
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
