// The published schemas of ticontact, compiled by Ajv in strict mode.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** A validator for each schema of a folder, by the name of its file without `.schema.json`. */
export function validators(folder) {
  const found = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".schema.json"))) {
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    addFormats(ajv);
    found[file.replace(".schema.json", "")] = ajv.compile(JSON.parse(readFileSync(join(folder, file), "utf8")));
  }
  return found;
}

/** What is wrong with a document, place by place; empty if nothing is. */
export function faults(validate, document) {
  return validate(document) ? [] : validate.errors.map((error) => `${error.instancePath || "/"} ${error.message}`);
}
