#!/bin/sh
# Anywhere else: ends with the exit code of the validation (0 fine, 1 findings, 2 bad input, 3 no verdict).
set -eu
cd "$(dirname "$0")"
exec gba-kg validate --data data --ontology ontology --shapes shapes --timeout 300 "$@"
