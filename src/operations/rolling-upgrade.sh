#!/usr/bin/env bash
# Upgrades a cluster of processes from the software of a commit to that of the working
# tree, one by one under load, and tries to take it back: docs/upgrading.md.
# Usage: src/operations/rolling-upgrade.sh COMMIT [option of Maven ...]
set -euo pipefail
commit=${1:?the commit to upgrade from is missing}
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$work/old"; rm -rf "$work"' EXIT
git -C "$root" worktree add --detach "$work/old" "$commit"
(cd "$work/old" && mvn -q -B -Dmaven.test.skip=true "$@" -pl atomix-core package)
old=$(ls "$work"/old/atomix-core/target/atomix-core-*.jar | grep -v -e sources -e tests)
cd "$root"
mvn -q -B -Pquick "$@" -pl atomix-core -Dtest=RollingUpgradeTests -Dupgrade.from="$old" -DtrimStackTrace=false test
