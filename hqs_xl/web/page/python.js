// Python in a worker: how it is started, asked, and ended. No request leaves the page but for its own files.
let worker = null;
let waiting = new Map();
let last = 0;

const stopped = () => Object.assign(new Error("stopped"), { stopped: true });

async function ask(call, more = {}, file = null) {
  if (!document.body.dataset.ready && call !== "about") throw stopped();
  const question = { call, lang: state.lang, now: local().now, ...more };
  const { answer, bytes } = await sent({ question, file });
  // A sentence for the person, such as that a file is no roster.
  if (answer.error) throw Object.assign(new Error(answer.error), { told: true });
  return { answer, bytes };
}

function sent(message, given = []) {
  return new Promise((done, failed) => {
    last += 1;
    waiting.set(last, { done, failed });
    worker.postMessage({ id: last, ...message }, given);
  });
}

function heard({ data }) {
  if (data.share !== undefined) { progress(data.share); return; }
  const one = waiting.get(data.id);
  waiting.delete(data.id);
  if (!one) return;
  if (data.fault) one.failed(new Error(data.fault));
  else one.done(data);
}

// What waits for an answer hears that there will be none.
function end() {
  worker.terminate();
  for (const { failed } of waiting.values()) failed(stopped());
  waiting = new Map();
  delete document.body.dataset.ready;
}

async function pressed(name) {
  const here = $(`pack-${name}`);
  if (!here) {
    const answer = await fetch(`${name}.gz`);
    if (!answer.ok) throw new Error(`${name}.gz: ${answer.status}`);
    return answer.arrayBuffer();
  }
  const text = here.textContent;
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text).buffer;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
}

async function unpacked(name) {
  const stream = new Blob([await pressed(name)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// A page from the disk has no origin, and Chromium lets its workers load modules by no other address.
const asModule = (text) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(new Blob([text], { type: "text/javascript" }));
});

// The worker unpacks: the page answers a click meanwhile.
async function start() {
  worker = new Worker(await asModule($("worker").textContent), { type: "module" });
  worker.onmessage = heard;
  const broken = new Promise((_, failed) => {
    worker.onerror = (fault) => failed(new Error(fault.message || "worker"));
  });
  const names = ["pyodide.asm.wasm", "python_stdlib.zip", "hqs_xl.zip", "pyodide.mjs", "pyodide.asm.mjs"];
  const packs = await Promise.all(names.map(pressed));
  const files = Object.fromEntries(names.map((name, number) => [name, packs[number]]));
  await Promise.race([sent({ start: { files, lock: KEPT.lock } }, packs), broken]);
}
