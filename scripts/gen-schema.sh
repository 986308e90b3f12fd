#!/usr/bin/env bash
# Writes src/server/schema.gen.ts (or FILE) from the migrated schema: gen-schema.sh postgres://… [FILE]
set -eu
cd "$(dirname "$0")/.."
node_modules/.bin/kysely-codegen --url "$1" --dialect postgres --date-parser string \
  --exclude-pattern 'graphile_worker.*' --type-mapping '{"timestamptz":"string","int8":"bigint","interval":"string"}' \
  --out-file "${2:-src/server/schema.gen.ts}" >/dev/null
