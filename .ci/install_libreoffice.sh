#!/usr/bin/env bash
# Puts LibreOffice Calc 25.2 or later on a Debian machine from its backports suite; does nothing where it is there already.
# The suite's source line is the machine's own line of its release with "-backports" added. Needs root.
set -euo pipefail

version() { soffice --version 2>/dev/null | sed -n 's/^LibreOffice \([0-9]*\.[0-9]*\).*/\1/p'; }
enough() { [ -n "$1" ] && [ "$(printf '%s\n' 25.2 "$1" | sort -V | head -n 1)" = 25.2 ]; }

if enough "$(version)" && /usr/bin/python3 -c 'import uno' 2>/dev/null; then
    exit 0
fi
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
keys=/usr/share/keyrings/debian-archive-keyring.gpg
site=$(apt-get indextargets --format '$(SITE)' "Created-By: Packages" "Release: $release" "Component: main" | head -n 1)
echo "deb [signed-by=$keys] $site $release-backports main" >/etc/apt/sources.list.d/hqs-backports.list
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends -t "$release-backports" \
    libreoffice-calc-nogui python3-uno fonts-crosextra-carlito poppler-utils
enough "$(version)" || { echo "LibreOffice 25.2 or later was not found in $release-backports" >&2; exit 1; }
