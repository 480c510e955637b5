// A person's clicks: a roster in, its check, files out; and the clock.
async function opened(name, bytes) {
  Object.assign(state, { file: name, bytes, opened: false });
  for (const id of ["sheet", ...Object.keys(FILTERS)]) $(id).value = "";
  await check();
  $("result-title").focus();
}

// In a Python that was started anew nothing is open.
async function reopened(sheet) {
  if (state.opened && state.sheet === sheet) return;
  Object.assign(state, { opened: false, checked: null });
  $("result").hidden = $("save").hidden = true;
  await ask("open", { name: state.file, sheet }, state.bytes.slice(0));
  Object.assign(state, { opened: true, sheet });
}

const chosen = () => ({ as_of: $("as-of").value, edition: $("edition").value, sheet: $("sheet").value.trim() });

async function check(asked = chosen()) {
  state.halted = $("settings").hidden = false;
  await reopened(asked.sheet);
  if ($("as-of").validity.badInput) throw Object.assign(new Error(say("half_a_day")), { told: true });
  const { answer } = await ask("check", asked);
  Object.assign(state, { asked, checked: answer, day: local().day });
  summary(answer);
  await listed();
  $("result").hidden = $("save").hidden = false;
  stale("");
  status("opened", { file: state.file, people: answer.people });
}

async function checkAgain() {
  await check();
  $("result-title").focus();
}

// What is saved is what is shown: by the settings it was checked by.
async function save(kind) {
  await reopened(state.asked.sheet);
  if (kind !== "workbook") await ask("check", state.asked);
  const { answer, bytes } = await ask("save", { kind, names: $("names").checked, ...state.asked });
  const type = { workbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", due: "text/html", calendar: "text/calendar" }[kind];
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  element("a", { href: url, download: answer.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  complain((answer.left_alone || []).join(" "));
  status("saved", { file: answer.name });
}

function take(files) {
  if (files.length === 1) turn(async () => opened(files[0].name, await files[0].arrayBuffer()));
  else if (files.length) complain(say("not_one"));
}

const demo = async () => opened(say("demo_name"), await unpacked(`demo.${state.lang}.xlsx`));

function stale(words) {
  $("stale").textContent = words;
  $("stale").hidden = !words;
}

// Left open overnight, whether anybody looked elsewhere meanwhile or not.
function newDay() {
  if (!state.checked || document.hidden || state.day === local().day || !$("stale").hidden) return;
  stale(say("reload", { day: state.day }));
}

function changed() {
  if (!state.checked) return;
  const asked = chosen();
  stale(Object.keys(asked).some((key) => asked[key] !== state.asked[key]) ? say("changed") : "");
  newDay();
}

const folds = () => document.querySelectorAll("#blanks, #editions details");

function listen() {
  const on = (id, event, doing) => $(id).addEventListener(event, doing);
  on("file", "change", () => { const files = [...$("file").files]; $("file").value = ""; take(files); });
  const zone = $("drop");
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  // A file dropped beside the zone would otherwise take the page's place.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => { zone.classList.remove("over"); take([...event.dataTransfer.files]); });
  on("demo", "click", () => turn(demo));
  on("check", "click", () => state.bytes && turn(checkAgain));
  on("stop", "click", stop);
  for (const view of ["findings", "people"]) on(`show-${view}`, "click", () => show(view));
  // Who types is answered at the end of a word, not at each letter.
  let typing = 0;
  for (const id of Object.keys(FILTERS)) on(id, "input", () => { clearTimeout(typing); typing = setTimeout(() => tried(() => listed()), id === "who" ? 250 : 0); });
  for (const id of ["as-of", "edition", "sheet"]) on(id, "input", changed);
  on("more", "click", more);
  on("close", "click", () => $("count").close());
  on("rule", "change", ruleChosen);
  on("one", "submit", (event) => { event.preventDefault(); turn(countOne); });
  for (const kind of ["workbook", "due", "calendar"]) on(`save-${kind}`, "click", () => state.checked && turn(() => save(kind)));
  on("lang", "change", () => { speak($("lang").value); settle(); });
  document.addEventListener("visibilitychange", newDay);
  setInterval(newDay, 60000);
  // What is folded up on the screen is not on paper.
  window.addEventListener("beforeprint", () => { for (const one of folds()) { one.dataset.was = one.open; one.open = true; } });
  window.addEventListener("afterprint", () => { for (const one of folds()) one.open = one.dataset.was === "true"; });
}

$("lang").value = /^ru\b/i.test(navigator.language) ? "ru" : "en";
listen();
status("starting");
speak($("lang").value);
// The parts of the page that Python is in are the last of it.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
