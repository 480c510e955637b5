#!/usr/bin/env bash
# node-ical 0.26.1 and ics 3.12.0 from npm: a category with a comma in it, "Permit, visa", which a calendar file has as Permit\, visa
# (RFC 5545, 3.3.11 and 3.8.1.2).
#
# Behaviour: node-ical makes two categories of it, the first of which ends with the sign before the comma. ics writes no such sign, so
# that every reader sees two. A comma in a summary both have right; ical.js 2.2.1 reads the category as it is.
# One would guess: the category that was written.
#
# Seen:
#     node-ical: ["Permit\\","visa","other"]
#     ical.js: ["Permit, visa","other"]
#     ics: "CATEGORIES:Permit, visa,other"
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit node-ical@0.26.1 ical.js@2.2.1 ics@3.12.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const lines = ["VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20260304"];
const text = ["BEGIN:VCALENDAR", ...lines, "CATEGORIES:Permit\\, visa,other", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
same("node-ical", require("node-ical").sync.parseICS(text)["1"].categories, ["Permit\\", "visa", "other"]);
const ICAL = require("ical.js");
const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
same("ical.js", event.getFirstProperty("categories").getValues(), ["Permit, visa", "other"]);
const made = require("ics").createEvent({ title: "x", start: [2026, 3, 4], categories: ["Permit, visa", "other"] }).value;
same("ics", made.split("\r\n").find((line) => line.startsWith("CATEGORIES")), "CATEGORIES:Permit, visa,other");
JS
node read.js
