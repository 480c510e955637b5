// How a date is counted: of a finding, and of any rule in the three editions.
function countLines(answer) {
  const nodes = answer.lines.map((words) => element("p", {}, words));
  if (answer.days && answer.days.length) {
    nodes.push(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("counted") },
      element("table", {}, element("thead", {}, element("tr", {}, ...["day", "number", "why"].map((key) => element("th", { scope: "col" }, say(key))))),
        element("tbody", {}, ...answer.days.map((day) => element("tr", { class: day.number === null ? "passed" : null },
          element("th", { scope: "row" }, `${day.day} ${day.weekday}`), element("td", {}, day.number === null ? "–" : String(day.number)), element("td", {}, day.why)))))));
  }
  return nodes;
}

async function explain(row) {
  const { answer } = await ask("count", { number: row.number });
  $("count-title").textContent = answer.title || say("counted_of", { person: row.person });
  $("count-lines").replaceChildren(element("p", {}, row.message), ...(answer.lines.length ? countLines(answer)
    : [element("p", {}, say("no_count")), element("p", {}, `${say("source")}: ${row.source}`)]));
  $("count").showModal();
}

function ruled(rules) {
  const chosen = $("rule").value;
  $("rule").replaceChildren(...rules.map((one) => element("option", {
    value: one.rule, "data-quarter": one.quarter ? "yes" : null, "data-until": one.until ? "yes" : null, "data-event": one.event,
  }, one.words)));
  if (chosen) $("rule").value = chosen;
  ruleChosen();
  $("one-date").hidden = false;
}

function ruleChosen() {
  const { quarter, until, event } = $("rule").selectedOptions[0].dataset;
  $("event").type = quarter ? "text" : "date";
  $("event").placeholder = quarter ? say("quarter_help") : "";
  $("event-label").textContent = `${say("event")}: ${event}`;
  $("until-field").hidden = !until;
}

async function countOne() {
  const { answer } = await ask("deadline", { rule: $("rule").value, event: $("event").value, until: $("until-field").hidden ? "" : $("until").value });
  $("one-said").textContent = answer.editions.map((one) => `${one.edition}: ${one.due || "–"}`).join("; ");
  $("editions").replaceChildren(...answer.editions.map((one) => element("details", { open: one.edition === "card" },
    element("summary", {}, element("b", {}, one.edition), ` ${one.due || "–"}`), ...countLines(one))));
}
