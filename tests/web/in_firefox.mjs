// Opens the page in headless Firefox by WebDriver BiDi, tries the demo, prints what was seen.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const given = JSON.parse(process.argv[2]);
const WebSocket = createRequire(`${given.npm}/`)("ws");
const profile = mkdtempSync(join(tmpdir(), "firefox-"));
const firefox = spawn(given.firefox, ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile],
  { stdio: ["ignore", "ignore", "pipe"] });
const address = await new Promise((found, failed) => {
  firefox.on("exit", () => failed(new Error("Firefox ended")));
  firefox.stderr.on("data", (words) => {
    const listening = /WebDriver BiDi listening on (\S+)/.exec(String(words));
    if (listening) found(`${listening[1]}/session`);
  });
});
const socket = new WebSocket(address);
await new Promise((opened, failed) => { socket.on("open", opened); socket.on("error", failed); });
const waiting = new Map();
const requests = [];
socket.on("message", (words) => {
  const heard = JSON.parse(words);
  if (heard.method === "network.beforeRequestSent") requests.push(heard.params.request.url.slice(0, 200));
  waiting.get(heard.id)?.(heard);
});
let last = 0;
const tell = (method, params) => new Promise((done) => {
  last += 1;
  waiting.set(last, done);
  socket.send(JSON.stringify({ id: last, method, params }));
});
await tell("session.new", { capabilities: {} });
await tell("session.subscribe", { events: ["network.beforeRequestSent"] });
const { context } = (await tell("browsingContext.getTree", {})).result.contexts[0];
const look = async (expression) => (await tell("script.evaluate", { expression, target: { context }, awaitPromise: true })).result?.result?.value;
async function until(expression) {
  for (let tries = 0; tries < 480; tries += 1) {
    const found = await look(expression);
    if (found) return found;
    await new Promise((later) => { setTimeout(later, 500); });
  }
  throw new Error(`never: ${expression}`);
}
const words = (id) => `document.getElementById("${id}").textContent`;
await tell("browsingContext.navigate", { context, url: given.url, wait: "complete" });
// Before Python is there: it waits for its turn.
await look('document.getElementById("demo").click()');
const seen = { early: await look(`document.body.dataset.ready || ${words("status")}`) };
seen.ready = await until(`document.body.dataset.ready || ${words("error")}`);
seen.checked = await until(`document.getElementById("result").hidden ? ${words("error")} : ${words("counts")}`);
seen.shown = await look(words("shown"));
await look('document.getElementById("event").value = "2026-11-02"; document.getElementById("rule").value = "notice.concluded"; document.querySelector("#one button").click()');
seen.editions = await until(words("one-said"));
seen.requests = requests;
socket.close();
firefox.removeAllListeners("exit");
firefox.kill();
await new Promise((ended) => { firefox.on("exit", ended); });
rmSync(profile, { recursive: true, force: true });
console.log(JSON.stringify(seen));
process.exit(0);
