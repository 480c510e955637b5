// What the page says, in which language, and where.
const KEPT = JSON.parse(document.getElementById("kept").textContent);
const $ = (id) => document.getElementById(id);
const state = { lang: "en", said: null, file: "", bytes: null, sheet: "", opened: false, checked: null, asked: {}, view: "findings", day: "" };

const say = (key, fields = {}) =>
  KEPT.texts[state.lang][key].replace(/\{(\w+)\}/g, (_, name) => String(fields[name] ?? ""));

function speak(lang) {
  state.lang = lang;
  document.documentElement.lang = lang;
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-say-label]")) node.setAttribute("aria-label", say(node.dataset.sayLabel));
  status(...(state.said ?? []));
}

// One sentence about what goes on, read aloud as it changes; said anew when the language is changed.
function status(key = "", fields = {}) {
  state.said = key ? [key, fields] : null;
  const words = key ? say(key, fields) : "";
  if ($("status").textContent !== words) $("status").textContent = words;
}

function complain(words) {
  $("error").textContent = words;
  $("error").hidden = !words;
}

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const local = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return { day, now: `${day}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}` };
};
