#!/bin/sh
# Installs the Debian packages that Skep's build, demo and tests need. Silent and quick when all are there.
set -eu
here=$(dirname "$0")
missing=
for package in $(sed 's/#.*//' "$here/packages.txt"); do
    case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true) in
        ii*) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "skep: these Debian packages are missing:$missing" >&2
    echo "skep: run as root: apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
echo "skep: installing$missing"
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get -qq -o DPkg::Lock::Timeout=300 update &&
       apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 install $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "skep: installing packages failed; the lines above are apt's, the whole log is $log" >&2
    exit 1
fi
rm -f "$log"
