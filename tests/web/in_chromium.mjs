// A person's lap through the page in headless Chromium; prints what was seen. Every request is recorded.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { listen, tree } from "./reader.mjs";

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(`${given.npm}/`)("playwright-core");
const axe = readFileSync(`${given.npm}/axe-core/axe.min.js`, "utf8");
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: given.chromium, args: quiet });
const context = await browser.newContext({ locale: given.locale, acceptDownloads: true, viewport: given.viewport,
  colorScheme: given.dark ? "dark" : "light" });
const page = await context.newPage();
const seen = { requests: [], faults: [] };
page.on("request", (request) => seen.requests.push(request.url().slice(0, 200)));
page.on("pageerror", (fault) => seen.faults.push(fault.message));
page.on("console", (line) => { if (line.type() === "error") seen.faults.push(line.text()); });

const text = (id) => page.locator(`#${id}`).innerText();
const idle = () => page.waitForFunction(() => document.body.dataset.ready && !document.body.dataset.busy, null, { timeout: 240000 });
async function checked(doing) {
  await doing();
  await page.waitForFunction(() => document.body.dataset.busy || !document.querySelector("#error").hidden, null, { timeout: 60000 }).catch(() => {});
  await idle();
}
async function violations() {
  // In the page's own policy nothing may be added to it: the tool runs beside the page's scripts.
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  await session.send("Runtime.evaluate", { contextId: executionContextId, expression: axe });
  const expression = "axe.run().then((found) => JSON.stringify(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 120))])))";
  const { result } = await session.send("Runtime.evaluate", { contextId: executionContextId, expression, awaitPromise: true });
  return JSON.parse(result.value);
}
async function saved(button, name) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 240000 }), page.click(`#${button}`)]);
  await download.saveAs(`${given.out}/${name}`);
  await idle();
  return download.suggestedFilename();
}

const begun = Date.now();
if (given.evening) await page.clock.setFixedTime(new Date(given.evening));
await page.goto(given.url, { waitUntil: "commit" });
await page.waitForSelector("#demo:not(:empty)");
await listen(page);
if (!given.keyboard && !given.stop) await idle();
seen.ready = Date.now() - begun;
seen.lang = await page.getAttribute("html", "lang");
seen.first = (await page.locator("body").innerText()).split("\n").slice(0, 6);
if (given.keyboard) {
  // Tab to the demo, start it, and on to the filter, a count and a file, without a mouse.
  const focused = () => page.evaluate(() => document.activeElement.closest("#rows") ? "rows button" : (document.activeElement.dataset.by ?? document.activeElement.id) || document.activeElement.innerText.split("\n")[0].trim());
  const to = async (wanted, most = 80) => {
    for (let press = 0; press < most; press += 1) {
      if ((await focused()) === wanted) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`no way to ${wanted} by the keyboard, at ${await focused()}`);
  };
  await to("demo");
  await page.keyboard.press("Enter");
  seen.early = { ready: await page.getAttribute("body", "data-ready"), bar: await page.locator("#bar").isVisible() };
  seen.before = await tree(context, page);
  await page.waitForSelector("#result");
  await idle();
  seen.after = await tree(context, page);
  seen.focus = await focused();
  await to("who");
  await page.keyboard.type("00002");
  await page.waitForFunction(() => /00002/.test(document.getElementById("shown").textContent));
  seen.found = await page.locator("#rows tr").count();
  await to("due");
  await page.keyboard.press("Enter");
  await page.waitForSelector("th[aria-sort=ascending] [data-by=due]");
  seen.sorting = await focused();
  await to("rows button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  seen.dialog = await text("count-lines");
  seen.counted = await tree(context, page);
  await page.keyboard.press("Escape");
  seen.closed = (await page.locator("dialog[open]").count()) === 0;
} else if (given.stop) {
  // Stopped before Python is there, stopped at work, and asked again while Python starts anew.
  await page.click("#demo");
  await page.click("#stop");
  seen.dropped = await text("status");
  await idle();
  seen.untouched = await page.locator("#result").isHidden();
  await page.evaluate(() => { document.getElementById("demo").click(); document.getElementById("stop").click(); });
  await page.selectOption("#lang", "ru");
  await page.click("#demo");
  await page.waitForSelector("#result");
  await idle();
  await page.evaluate(() => { document.getElementById("check").click(); document.getElementById("stop").click(); });
  seen.stopped = { said: await text("status"), shown: await page.locator("#result").isVisible(), focus: await page.evaluate(() => document.activeElement.id) };
  await page.click("#check");
  seen.waits = await text("status");
  await page.waitForSelector("#result");
  await idle();
  seen.title = await text("about-check");
  // Another edition is chosen and not checked by: what is saved is what is shown.
  await page.selectOption("#edition", "law");
  seen.stale = await text("stale");
  await saved("save-due", "due.html");
  await page.selectOption("#edition", "");
  seen.fresh = await page.locator("#stale").isHidden();
  await page.fill("#as-of", "2061-01-01");
  await checked(() => page.click("#check"));
  seen.error = await text("error");
} else if (given.evening) {
  const look = async () => ({ title: await text("about-check"), stale: await page.locator("#stale").isVisible() });
  await checked(() => page.click("#demo"));
  seen.evening = await look();
  await page.clock.setFixedTime(new Date(given.morning));
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  seen.morning = { ...(await look()), said: await text("stale") };
  await checked(() => page.click("#check"));
  seen.checked = await look();
} else if (given.files) {
  seen.errors = [];
  for (const file of given.files) {
    await checked(() => page.setInputFiles("#file", file));
    seen.errors.push(await text("error"));
  }
  await checked(() => page.setInputFiles("#file", given.nobody));
  seen.nobody = { error: await text("error"), notes: await text("notes"), notChecked: await text("not-checked") };
} else {
  const clicked = Date.now();
  await checked(() => page.click("#demo"));
  seen.demo = Date.now() - clicked;
  seen.title = await text("about-check");
  seen.notChecked = await text("not-checked");
  seen.counts = await page.locator("#counts button").allInnerTexts();
  seen.shown = await text("shown");
  seen.rows = await page.locator("#rows tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
  await page.setViewportSize({ width: 1100, height: 900 });
  seen.outOfSight = await page.locator(".scroll:has(#table)").evaluate((box) => box.scrollWidth - box.clientWidth);
  await page.setViewportSize(given.viewport);
  await page.locator("#rows button").first().click();
  await page.waitForSelector("dialog[open]");
  await page.click("#close");
  if (given.print) await page.pdf({ path: given.print.replace(".pdf", ".findings.pdf"), format: "A4" });
  await page.click("#show-people");
  await page.waitForFunction(() => document.querySelector("#show-people").getAttribute("aria-pressed") === "true");
  await page.waitForTimeout(300);
  seen.people = await text("shown");
  if (given.out) {
    seen.files = { workbook: await saved("save-workbook", "web.xlsx"), due: await saved("save-due", "web.html"), calendar: await saved("save-calendar", "web.ics") };
  }
  await page.selectOption("#rule", "notice.concluded");
  await page.fill("#event", "2026-11-02");
  await page.click("#one button");
  await page.waitForSelector("#editions details");
  seen.editions = await page.locator("#editions summary").allInnerTexts();
}
seen.heard = await page.evaluate(() => window.heard);
seen.wide = await page.evaluate(() => document.documentElement.scrollWidth);
if (given.print) {
  await page.pdf({ path: given.print, format: "A4" });
  seen.folded = await page.locator("#blanks").getAttribute("open");
}
if (given.axe) seen.axe = await violations();
if (given.picture) {
  await page.click("#show-findings");
  await page.waitForTimeout(300);
  await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
}
if (given.picture) await page.screenshot({ path: given.picture, fullPage: Boolean(given.whole) });
await browser.close();
console.log(JSON.stringify(seen));
