// SPDX-License-Identifier: MIT
// Holds NDJSON against the JSON Schema with ajv, which shares no code with this project.
//
//   usage: trialnorm convert INPUT... | node schema_check.mjs SCHEMA MODULES
//
// SCHEMA is what `trialnorm schema` prints; MODULES a folder in which `npm install ajv` was run.
// Ends with 0 when every line is valid, 1 when one is not (the first 20 errors are printed), 2 when it cannot run.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [schemaPath, modules] = process.argv.slice(2);
if (!schemaPath || !modules) {
  console.error("usage: trialnorm convert INPUT... | node schema_check.mjs SCHEMA MODULES");
  process.exit(2);
}

function compile() {
  const Ajv = createRequire(resolve(modules, "here.js"))("ajv/dist/2020").default;
  // strict: a keyword or type that the schema misspells is an error of the schema
  const ajv = new Ajv({ strict: true, allErrors: true });
  return ajv.compile(JSON.parse(readFileSync(schemaPath, "utf8")));
}

let validate;
try {
  validate = compile();
} catch (error) {
  console.error(`the schema cannot be used: ${error.message}`);
  process.exit(2);
}

let line = 0;
let bad = 0;
for (const text of readFileSync(0, "utf8").split("\n")) {
  if (text === "") continue;
  line++;
  let record;
  try {
    record = JSON.parse(text);
  } catch (error) {
    bad++;
    console.log(`line ${line}: ${error.message}`);
    continue;
  }
  if (validate(record)) continue;
  for (const error of validate.errors.slice(0, 5))
    if (bad++ < 20) console.log(`line ${line}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
}
if (!bad) console.log(`${line} records are valid`);
process.exit(bad ? 1 : 0);
