// Python in a worker: started from what the page hands over, so that nothing is asked of any network.
const HOME = "https://page.invalid/";
const FOLDER = "/rosters";
let python, session;

self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      await start(data.start);
      postMessage({ id: data.id, answer: {} });
      return;
    }
    if (data.file) {
      const name = plain(data.question.name);
      python.FS.writeFile(`${FOLDER}/${name}`, new Uint8Array(data.file));
      data.question.name = name;
    }
    const answer = JSON.parse(session.ask(JSON.stringify(data.question)));
    if (data.question.call === "save" && answer.name) {
      const path = `${FOLDER}/${answer.name}`;
      const bytes = python.FS.readFile(path);
      python.FS.unlink(path);
      postMessage({ id: data.id, answer, bytes: bytes.buffer }, [bytes.buffer]);
    } else {
      postMessage({ id: data.id, answer });
    }
  } catch (fault) {
    postMessage({ id: data.id, fault: String(fault.message || fault) });
  }
};

// A name that is one file in one folder, whatever the computer allows in names.
const plain = (name) => name.replace(/[\\/\0]/g, "_");

const unpacked = (bytes, type = "") =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: { "content-type": type } });

async function asModule(bytes) {
  const text = new Blob([await unpacked(bytes).arrayBuffer()], { type: "text/javascript" });
  return import(new FileReaderSync().readAsDataURL(text));
}

async function start({ files, lock }) {
  const types = { "pyodide.asm.wasm": "application/wasm", "python_stdlib.zip": "application/zip" };
  self.fetch = async (url) => {
    const name = new URL(url).pathname.slice(1);
    return unpacked(files[name], types[name]);
  };
  const [{ loadPyodide }, machine, ours] = await Promise.all([asModule(files["pyodide.mjs"]), asModule(files["pyodide.asm.mjs"]),
    unpacked(files["hqs_xl.zip"]).arrayBuffer()]);
  python = await loadPyodide({
    indexURL: HOME,
    createPyodideModule: machine.default,
    lockFileContents: lock,
    packageBaseUrl: HOME,
  });
  python.FS.writeFile("/hqs_xl.zip", new Uint8Array(ours));
  python.FS.mkdir(FOLDER);
  const begin = python.runPython(`
import sys
sys.path.insert(0, "/hqs_xl.zip")
from hqs_xl.web.session import Session
Session`);
  session = begin(FOLDER, (share) => postMessage({ share }));
  begin.destroy();
}
