#!/usr/bin/env bash
# The whole job against what a user would pick instead, in turn and on the same corpus: medians and ratios.
#
#   benches/run.sh BENCH CORPUS
#
# BENCH is a folder with make_corpus.py and run_peers.sh (they are not part of this project), CORPUS what make_corpus.py made.
set -euo pipefail
cd "$(dirname "$0")/.."
bench="$1" corpus="$2"
cargo build --release
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
run="$PWD/target/release/shouqi run fixtures/chengshui-2020 --roster {C}/roster.csv --inbox {C}/inbox"
run="$run --as-of 2020-10-20T08:00:00+08:00 --ocr off"
"$bench/run_peers.sh" "$corpus" \
  "shouqi=$run --out $scratch/first --state $scratch/first-state --no-cache" \
  "again=$run --out $scratch/again --state $scratch/again-state"
