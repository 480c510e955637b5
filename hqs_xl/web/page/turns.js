// One thing at a time: what is asked for while Python starts or works waits for its turn; of several, the last one.
let next = null;
let begun = 0;
const LONG = 2000;

const idle = () => document.body.dataset.ready && !document.body.dataset.busy;

async function turn(doing) {
  next = doing;
  if (idle()) { await settle(); return; }
  if (state.failed) { complain(say("failed", { why: state.failed })); return; }
  complain("");
  status(document.body.dataset.ready ? "waits" : "waits_for_start");
  if (!document.body.dataset.ready) $("bar").removeAttribute("value");
  $("working").hidden = false;
}

async function settle() {
  while (idle() && (next || state.spoken !== state.lang)) {
    const doing = state.spoken === state.lang ? next : again;
    if (doing === next) next = null;
    await work(doing);
  }
}

// Long work: a bar, and a way out.
async function work(doing) {
  const before = state.said?.[0].startsWith("waits") ? [] : state.said ?? [];
  complain("");
  begun = Date.now();
  progress(0);
  $("working").hidden = false;
  document.body.dataset.busy = "yes";
  status("working");
  await tried(doing);
  delete document.body.dataset.busy;
  $("working").hidden = !next;
  if (state.said?.[0].startsWith("working")) status(...before);
}

// What goes wrong becomes a sentence.
async function tried(doing) {
  try {
    await doing();
  } catch (fault) {
    if (fault.stopped) return;
    status();
    complain(sentence(fault));
    // What went wrong inside may have left Python in pieces.
    if (!fault.told) anew();
  }
}

function sentence(fault) {
  if (fault.told) return fault.message;
  if (/memory|allocation/i.test(fault.message)) return say("no_memory");
  return say("fault", { why: fault.message.trim().split("\n").at(-1) });
}

function progress(share) {
  $("bar").value = share;
  // Read aloud at each quarter of what takes long: a bar that grows is not.
  const quarter = Math.floor(share * 4) * 25;
  if (quarter && Date.now() - begun > LONG) status("working_share", { share: quarter });
}

function stop() {
  next = null;
  state.halted = true;
  $("working").hidden = true;
  if (document.body.dataset.busy) anew();
  status("cancelled");
  ($("settings").hidden ? $("demo") : $("check")).focus();
}

// Python from the beginning, which has no roster open.
function anew() {
  end();
  Object.assign(state, { opened: false, checked: null });
  $("result").hidden = $("save").hidden = true;
  begin();
}

async function begin() {
  try {
    await start();
    await about();
  } catch (fault) {
    if (fault.stopped) return;
    state.failed = fault.message || String(fault);
    next = null;
    $("working").hidden = true;
    status();
    complain(say("failed", { why: state.failed }));
    return;
  }
  document.body.dataset.ready = "yes";
  if (["starting", "waits_for_start"].includes(state.said?.[0])) status("ready");
  await settle();
}

// In another language: what the page says of Python's, and of the roster.
async function again() {
  await about();
  if (state.bytes && !state.halted) await check();
}

async function about() {
  state.spoken = state.lang;
  const { answer } = await ask("about");
  $("about").textContent = say("about", answer);
  ruled(answer.rules);
}
