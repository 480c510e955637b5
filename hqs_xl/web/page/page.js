// The page: shows what Python answers, and keeps the clock. No request leaves it but for its own files.
const KEPT = JSON.parse(document.getElementById("kept").textContent);
const $ = (id) => document.getElementById(id);
const state = { lang: "en", file: null, bytes: null, checked: null, opened: false, view: "findings", day: "" };
const views = { findings: { sort: "severity", down: false }, people: { sort: "person", down: false } };
let worker = null;
let waiting = new Map();
let next = 0;

// Words.

const say = (key, fields = {}) =>
  KEPT.texts[state.lang][key].replace(/\{(\w+)\}/g, (_, name) => String(fields[name] ?? ""));

function speak(lang) {
  state.lang = lang;
  document.documentElement.lang = lang;
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-say-label]")) node.setAttribute("aria-label", say(node.dataset.sayLabel));
}

const status = (words) => { $("status").textContent = words; };
function complain(words) { $("error").textContent = words; $("error").hidden = !words; }

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Python.

const local = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return { day, now: `${day}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}` };
};

function ask(call, more = {}, file = null) {
  const question = { call, lang: state.lang, now: local().now, ...more };
  return sent({ question, file });
}

function sent(message, given = []) {
  return new Promise((done, failed) => {
    const id = (next += 1);
    waiting.set(id, { done, failed });
    worker.postMessage({ id, ...message }, given);
  });
}

function heard({ data }) {
  if (data.share !== undefined) { $("bar").value = data.share; return; }
  const one = waiting.get(data.id);
  waiting.delete(data.id);
  if (!one) return;
  if (data.fault) one.failed(new Error(data.fault));
  else one.done(data);
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
  status(say("starting"));
  worker = new Worker(await asModule($("worker").textContent), { type: "module" });
  worker.onmessage = heard;
  const broken = new Promise((_, failed) => {
    worker.onerror = (fault) => failed(new Error(fault.message || "worker"));
  });
  const names = ["pyodide.asm.wasm", "python_stdlib.zip", "hqs_xl.zip", "pyodide.mjs", "pyodide.asm.mjs"];
  const packs = await Promise.all(names.map(pressed));
  const files = Object.fromEntries(names.map((name, number) => [name, packs[number]]));
  await Promise.race([sent({ start: { files, lock: KEPT.lock } }, packs), broken]);
  await about();
  status(say("ready"));
  document.body.dataset.ready = "yes";
}

async function about() {
  const { answer } = await ask("about");
  $("about").textContent = say("about", answer);
  const rules = $("rule");
  const chosen = rules.value;
  rules.replaceChildren(...answer.rules.map((one) => element("option", {
    value: one.rule, "data-quarter": one.quarter, "data-until": one.until, "data-event": one.event,
  }, one.words)));
  if (chosen) rules.value = chosen;
  ruleChosen();
}

// Long work: a bar, and a way out.

async function work(doing) {
  complain("");
  $("working").hidden = false;
  $("bar").value = 0;
  document.body.dataset.busy = "yes";
  status(say("working"));
  try {
    return await doing();
  } catch (fault) {
    if (fault.message !== "stopped") complain(/memory/i.test(fault.message) ? say("no_memory") : fault.message);
    status("");
    return null;
  } finally {
    $("working").hidden = true;
    delete document.body.dataset.busy;
  }
}

async function stop() {
  worker.terminate();
  for (const { failed } of waiting.values()) failed(new Error("stopped"));
  waiting = new Map();
  state.opened = false;
  await begin();
  status(say("cancelled"));
}

const begin = () => start().catch((fault) => {
  status("");
  complain(say("failed", { why: fault.message || String(fault) }));
});

// A roster.

async function opened(name, bytes) {
  state.file = name;
  state.bytes = bytes;
  state.opened = false;
  $("result").hidden = $("save").hidden = true;
  await check();
}

async function reopened() {
  if (state.opened) return true;
  const { answer } = await ask("open", { name: state.file, sheet: $("sheet").value }, state.bytes.slice(0));
  if (answer.error) { complain(answer.error); status(""); return false; }
  state.opened = true;
  return true;
}

const asked = () => ({ as_of: $("as-of").value, edition: $("edition").value, sheet: $("sheet").value });

async function check() {
  $("settings").hidden = false;
  await work(async () => {
    if (!(await reopened())) return;
    const { answer } = await ask("check", asked());
    if (answer.error) { complain(answer.error); status(""); return; }
    state.checked = answer;
    state.day = local().day;
    summary(answer);
    await listed();
    $("result").hidden = $("save").hidden = false;
    $("stale").hidden = true;
    status(say("opened", { file: state.file, people: answer.people }));
    $("result-title").focus();
  });
}

function summary(answer) {
  $("about-check").textContent = answer.title;
  $("looked-at").textContent = answer.looked_at;
  const order = ["violation", "late", "due", "ask", "data", "scope"];
  $("counts").replaceChildren(...order.filter((one) => answer.counts[one]).map((one) => element("li", {},
    element("button", { type: "button", class: `count ${one}`, onclick: () => only(one) },
      element("b", {}, String(answer.counts[one])), ` ${KEPT.severities[state.lang][one]}`))));
  const severities = order.filter((one) => answer.counts[one]);
  choices($("severity"), severities.map((one) => [one, KEPT.severities[state.lang][one]]));
  $("notes").replaceChildren(...[answer.well, ...answer.notes].filter(Boolean).map((note) => element("li", {}, note)));
  const lines = answer.not_checked.length ? answer.not_checked : [say("all_looked")];
  $("blank").replaceChildren(...answer.blank.map((line) => element("li", {}, line)));
  $("blank-count").textContent = say("blank", { count: answer.blank.length });
  $("blanks").hidden = !answer.blank.length;
  $("not-checked").replaceChildren(...lines.map((line) => element("li", {}, line.trim())));
  $("save-workbook").disabled = !answer.writable;
  $("no-ods").hidden = answer.writable;
}

function choices(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(element("option", { value: "" }, say("all")), ...pairs.map(([value, words]) => element("option", { value }, words)));
  select.value = pairs.some(([value]) => value === chosen) ? chosen : "";
}

function only(severity) {
  $("severity").value = severity;
  show("findings");
  $("table").scrollIntoView({ block: "nearest" });
}

// The tables.

const COLUMNS = {
  findings: [["severity", "weight"], ["person", "person"], ["row", "row"], ["due", "due"], ["what", "message"], ["obligation", "action"], ["source", "source"]],
  people: [["person", "person"], ["name", "name"], ["row", "row"], ["next", "action"], ["due", "due"], ["act_by", "act_by"], ["days", "days"], ["status", "status"]],
};
const SORTS = {
  findings: { severity: "severity", person: "person", row: "row", due: "due", obligation: "action" },
  people: { person: "person", row: "row", next: "action", due: "due", status: "status" },
};

async function listed(start = 0) {
  const view = state.view;
  const filter = { text: $("who").value, severity: $("severity").value, action: $("action").value, status: $("state").value };
  const { answer } = await ask(view, { ...filter, ...views[view], start });
  if (answer.error) { complain(answer.error); return; }
  if (view === "findings") choices($("action"), answer.actions.map((one) => [one, one]));
  else choices($("state"), answer.statuses.map((one) => [one, one]));
  for (const node of document.querySelectorAll("[data-view]")) node.hidden = node.dataset.view !== view;
  if (!start) { heads(view); $("rows").replaceChildren(); }
  $("rows").append(...answer.rows.map((row) => line(view, row)));
  const shown = $("rows").children.length;
  $("shown").textContent = say("shown", { count: shown, of: answer.of });
  $("more").hidden = shown >= answer.of;
}

function heads(view) {
  const { sort, down } = views[view];
  const cells = COLUMNS[view].map(([key]) => {
    const by = SORTS[view][key];
    const order = by === sort ? (down ? "descending" : "ascending") : null;
    return element("th", { role: "columnheader", scope: "col", "aria-sort": by ? order || "none" : null },
      by ? element("button", { type: "button", "aria-label": say("sort", { column: say(key) }), onclick: () => sorted(view, by) },
        say(key), element("span", { "aria-hidden": "true" }, order === "ascending" ? " ▲" : order === "descending" ? " ▼" : "")) : say(key));
  });
  if (view === "findings") cells.push(element("th", { role: "columnheader", scope: "col" }, say("counted")));
  $("heads").replaceChildren(...cells);
  $("caption").textContent = say(view);
}

function line(view, row) {
  const cells = COLUMNS[view].map(([key, field], place) => {
    const words = field === "person" ? [row.person || "—", view === "findings" && row.name ? element("small", {}, ` ${row.name}`) : null]
      : field === "row" && row.table ? [`${row.table}, ${row.row}`] : [String(row[field] ?? "")];
    return element(place === 1 && view === "findings" || place === 0 && view === "people" ? "th" : "td",
      { role: "cell", "data-head": say(key), class: field === "weight" ? `weight ${row.severity}` : ["due", "act_by", "days"].includes(field) ? "short" : null }, ...words);
  });
  if (view === "findings") {
    cells.push(element("td", { role: "cell", "data-head": "" }, element("button", {
      type: "button", onclick: () => explain(row),
    }, say("counted"), element("span", { class: "unseen" }, ` ${row.person}, ${row.action}`))));
  }
  return element("tr", { role: "row" }, ...cells);
}

function sorted(view, by) {
  const how = views[view];
  how.down = how.sort === by ? !how.down : false;
  how.sort = by;
  listed();
}

function show(view) {
  state.view = view;
  for (const name of ["findings", "people"]) $(`show-${name}`).setAttribute("aria-pressed", String(name === view));
  listed();
}

// How a date is counted.

function countLines(answer) {
  const nodes = answer.lines.map((words) => element("p", {}, words));
  if (answer.days && answer.days.length) {
    nodes.push(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("counted") },
      element("table", {}, element("thead", {}, element("tr", {}, ...["day", "number", "why"].map((key) => element("th", { scope: "col" }, say(key))))),
        element("tbody", {}, ...answer.days.map((day) => element("tr", { class: day.number === null ? "passed" : null },
          element("td", {}, `${day.day} ${day.weekday}`), element("td", {}, day.number === null ? "–" : String(day.number)), element("td", {}, day.why)))))));
  }
  return nodes;
}

async function explain(row) {
  const { answer } = await ask("count", { number: row.number });
  if (answer.error) { complain(answer.error); return; }
  $("count-title").textContent = answer.title || say("counted_of", { person: row.person });
  $("count-lines").replaceChildren(element("p", {}, row.message), ...(answer.lines.length ? countLines(answer)
    : [element("p", {}, say("no_count")), element("p", {}, `${say("source")}: ${row.source}`)]));
  $("count").showModal();
}

function ruleChosen() {
  const one = $("rule").selectedOptions[0];
  if (!one) return;
  const quarterly = one.hasAttribute("data-quarter") && one.dataset.quarter !== "false";
  $("event").type = quarterly ? "text" : "date";
  $("event").placeholder = quarterly ? say("quarter_help") : "";
  $("event-label").textContent = `${say("event")}: ${one.dataset.event}`;
  $("until-field").hidden = !(one.hasAttribute("data-until") && one.dataset.until !== "false");
}

async function countOne() {
  complain("");
  const { answer } = await ask("deadline", { rule: $("rule").value, event: $("event").value, until: $("until").value });
  if (answer.error) { complain(answer.error); return; }
  $("editions").replaceChildren(...answer.editions.map((one) => element("details", { open: one.edition === "card" },
    element("summary", {}, element("b", {}, one.edition), ` ${one.due || "–"}`), ...countLines(one))));
}

// Files out.

async function save(kind) {
  await work(async () => {
    if (!(await reopened())) return;
    if (kind !== "workbook") await ask("check", asked());
    const { answer, bytes } = await ask("save", { kind, names: $("names").checked, ...asked() });
    if (answer.error) { complain(answer.error); status(""); return; }
    const type = { workbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", due: "text/html", calendar: "text/calendar" }[kind];
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    element("a", { href: url, download: answer.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    complain((answer.left_alone || []).join(" "));
    status(say("saved", { file: answer.name }));
  });
}

// Files in.

async function take(files) {
  if (files.length !== 1) { if (files.length) complain(say("not_one")); return; }
  const bytes = await files[0].arrayBuffer().catch(() => null);
  if (!bytes) { complain(say("no_memory")); return; }
  await opened(files[0].name, bytes);
}

async function demo() {
  await opened(say("demo_name"), await unpacked(`demo.${state.lang}.xlsx`));
}

const idle = () => document.body.dataset.ready && !document.body.dataset.busy;

function listen() {
  $("file").addEventListener("change", () => { const files = [...$("file").files]; $("file").value = ""; if (idle()) take(files); });
  const zone = $("drop");
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  // A file dropped beside the zone would otherwise take the page's place.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => { zone.classList.remove("over"); if (idle()) take([...event.dataTransfer.files]); });
  $("demo").addEventListener("click", () => idle() && demo());
  $("check").addEventListener("click", () => { if (idle()) { state.opened &&= $("sheet").value === state.sheet; state.sheet = $("sheet").value; check(); } });
  $("stop").addEventListener("click", stop);
  $("show-findings").addEventListener("click", () => show("findings"));
  $("show-people").addEventListener("click", () => show("people"));
  for (const id of ["who", "severity", "action", "state"]) $(id).addEventListener("input", () => listed());
  $("more").addEventListener("click", () => listed($("rows").children.length));
  $("close").addEventListener("click", () => $("count").close());
  $("rule").addEventListener("change", ruleChosen);
  $("one").addEventListener("submit", (event) => { event.preventDefault(); if (idle()) countOne(); });
  for (const kind of ["workbook", "due", "calendar"]) $(`save-${kind}`).addEventListener("click", () => idle() && save(kind));
  $("lang").addEventListener("change", async () => {
    speak($("lang").value);
    if (!idle()) return;
    await about();
    if (state.checked) await check();
  });
  document.addEventListener("visibilitychange", newDay);
  setInterval(newDay, 60000);
}

// Left open overnight, whether anybody looked elsewhere meanwhile or not.
function newDay() {
  if (!state.day || document.hidden || state.day === local().day || !$("stale").hidden) return;
  $("stale").textContent = say("reload", { day: state.day });
  $("stale").hidden = false;
}

$("lang").value = /^ru\b/i.test(navigator.language) ? "ru" : "en";
speak($("lang").value);
listen();
begin();
