#!/usr/bin/env bash
# any-date-parser 2.2.4 (npm): fromString with the locale ru.
#
# Behaviour: 04.13.2026 is 4 January 2026: the month that there is not is thrown away, and January taken. 31.02.2026 is 3 March.
# 05.03.2026 is 5 March, as it should be.
# One would guess: null, which it gives for other texts that are no day.
#
# Seen:
#     04.13.2026: 2026-01-04
#     31.02.2026: 2026-03-03
#     05.03.2026: 2026-03-05
#     46112: null
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix "$work" any-date-parser@2.2.4 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >run.cjs <<'JS'
const same = (what, seen, wanted) => {
  console.log(`${what}: ${seen}`);
  if (seen !== wanted) {
    console.error(`changed: ${what} was ${wanted}`);
    process.exit(1);
  }
};
const parser = require("any-date-parser");
const read = (text) => {
  const day = (parser.default || parser).fromString(text, "ru");
  return day && !isNaN(day) ? day.toISOString().slice(0, 10) : "null";
};
same("04.13.2026", read("04.13.2026"), "2026-01-04");
same("31.02.2026", read("31.02.2026"), "2026-03-03");
same("05.03.2026", read("05.03.2026"), "2026-03-05");
same("46112", read("46112"), "null");
JS
TZ=UTC node run.cjs
