// What a check came to: in short, and as tables to filter and sort.
const ORDER = ["violation", "late", "due", "ask", "data", "scope"];
const COLUMNS = {
  findings: [["severity", "weight"], ["person", "person"], ["row", "row"], ["due", "due"], ["what", "message"], ["obligation", "action"], ["source", "source"]],
  people: [["person", "person"], ["name", "name"], ["row", "row"], ["next", "action"], ["due", "due"], ["act_by", "act_by"], ["days", "days"], ["status", "status"]],
};
const SORTS = {
  findings: { severity: "severity", person: "person", row: "row", due: "due", obligation: "action" },
  people: { person: "person", row: "row", next: "action", due: "due", status: "status" },
};
const FILTERS = { who: "text", severity: "severity", action: "action", state: "status" };
const SHORT = new Set(["due", "act_by", "days"]);
const views = { findings: { sort: "severity", down: false }, people: { sort: "person", down: false } };

function summary(answer) {
  $("about-check").textContent = answer.title;
  $("made").textContent = say("made", { day: answer.today });
  $("looked-at").textContent = answer.looked_at;
  const words = KEPT.severities[state.lang];
  const found = ORDER.filter((one) => answer.counts[one]);
  $("counts").replaceChildren(...found.map((one) => element("li", {},
    element("button", { type: "button", class: `count ${one}`, onclick: () => only(one) },
      element("b", {}, String(answer.counts[one])), ` ${answer.found[one]}`))));
  choices($("severity"), found.map((one) => [one, words[one]]));
  listing("notes", [answer.people && answer.well, ...answer.notes].filter(Boolean));
  listing("not-checked", answer.not_checked.length ? answer.not_checked : [say(answer.people ? "all_looked" : "nobody")]);
  listing("blank", answer.blank);
  $("blank-count").textContent = say("blank", { count: answer.blank.length });
  $("blanks").hidden = !answer.blank.length;
  $("save-workbook").disabled = !answer.writable;
  $("no-ods").hidden = answer.writable;
}

const listing = (id, lines) => $(id).replaceChildren(...lines.map((line) => element("li", {}, line.trim())));

function choices(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(element("option", { value: "" }, say("all")), ...pairs.map(([value, words]) => element("option", { value }, words)));
  select.value = pairs.some(([value]) => value === chosen) ? chosen : "";
}

async function only(severity) {
  $("severity").value = severity;
  await show("findings");
  $("caption").scrollIntoView({ block: "nearest" });
}

async function show(view) {
  state.view = view;
  for (const name of ["findings", "people"]) $(`show-${name}`).setAttribute("aria-pressed", String(name === view));
  await tried(() => listed());
}

async function sorted(view, by) {
  const how = views[view];
  how.down = how.sort === by ? !how.down : false;
  how.sort = by;
  await tried(() => listed());
  // The heads are new ones: who sorts by the keyboard is still at the same.
  document.querySelector(`#heads [data-by="${by}"]`)?.focus();
}

async function more() {
  const shown = $("rows").children.length;
  await tried(() => listed(shown));
  $("rows").children[shown]?.querySelector("th").focus();
}

async function listed(start = 0) {
  const view = state.view;
  const here = (id) => !$(id).closest("[data-view]") || $(id).closest("[data-view]").dataset.view === view;
  const asked = Object.entries(FILTERS).filter(([id]) => here(id) && $(id).value);
  const filter = Object.fromEntries(asked.map(([id, name]) => [name, $(id).value]));
  const { answer } = await ask(view, { ...filter, ...views[view], start });
  if (view === "findings") choices($("action"), answer.actions.map((one) => [one, one]));
  else choices($("state"), answer.statuses.map((one) => [one, one]));
  for (const node of document.querySelectorAll("[data-view]")) node.hidden = node.dataset.view !== view;
  if (!start) { heads(view); $("rows").replaceChildren(); }
  $("rows").append(...answer.rows.map((row) => line(view, row)));
  const shown = $("rows").children.length;
  const by = asked.map(([id]) => $(id).selectedOptions?.[0].textContent ?? $(id).value).join(", ");
  $("shown").textContent = [say("shown", { count: shown, of: answer.of }),
    by ? say("filtered", { filter: by, all: answer.all }) : ""].join(" ").trim();
  $("more").hidden = shown >= answer.of;
}

function heads(view) {
  const { sort, down } = views[view];
  const cells = COLUMNS[view].map(([key]) => {
    const by = SORTS[view][key];
    const order = by !== sort ? "none" : down ? "descending" : "ascending";
    const sign = { none: "", ascending: " ▲", descending: " ▼" }[order];
    return element("th", { role: "columnheader", scope: "col", class: `col-${key}`, "aria-sort": by ? order : null },
      ...(by ? [element("button", { type: "button", "data-by": by, onclick: () => sorted(view, by) },
        say(key), element("span", { "aria-hidden": "true" }, sign)),
      // A button is not drawn again where a table goes on on the next sheet of paper.
      element("span", { class: "paper", "aria-hidden": "true" }, say(key))] : [say(key)]));
  });
  if (view === "findings") cells.push(element("th", { role: "columnheader", scope: "col", class: "screen" }, say("counted")));
  $("heads").replaceChildren(...cells);
  $("caption").textContent = say(view);
}

function line(view, row) {
  const cells = COLUMNS[view].map(([key, field]) => {
    const words = field === "person" ? [row.person || "—", view === "findings" && row.name ? element("small", {}, ` ${row.name}`) : null]
      : field === "row" && row.table ? [`${row.table}, ${row.row}`] : [String(row[field] ?? "")];
    const head = field === "person";
    return element(head ? "th" : "td", { role: head ? "rowheader" : "cell", scope: head ? "row" : null, tabindex: head ? "-1" : null, "data-head": say(key),
      class: field === "weight" ? `weight ${row.severity}` : SHORT.has(field) ? "short" : `col-${key}` }, ...words);
  });
  if (view === "findings") {
    cells.push(element("td", { role: "cell", class: "screen", "data-head": "" }, element("button", {
      type: "button", onclick: () => tried(() => explain(row)),
    }, say("counted"), element("span", { class: "unseen" }, ` ${row.person}, ${row.action}`))));
  }
  return element("tr", { role: "row" }, ...cells);
}
