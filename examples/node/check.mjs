// Hold documents against the published schemas: node check.mjs SCHEMAS DOCUMENTS
//
// Each document is valid by both schemas of its form; and by neither once it is broken.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { faults, validators } from "./schemas.mjs";

const [schemas, documents] = process.argv.slice(2);
const known = validators(schemas);
let checked = 0;
let wrong = 0;

function expect(isRight, words) {
  checked += 1;
  if (!isRight) {
    wrong += 1;
    console.error(words);
  }
}

for (const file of readdirSync(documents).filter((name) => name.endsWith(".json"))) {
  const document = JSON.parse(readFileSync(join(documents, file), "utf8"));
  const name = file.replace(".json", "");
  for (const validate of [known[name], known[`${name}.read`]]) {
    const found = faults(validate, document);
    expect(found.length === 0, `${name}: ${found.join("; ")}`);
    expect(faults(validate, { ...document, unknown: 1 }).length > 0, `${name}: an unknown name is taken`);
    expect(faults(validate, { ...document, form: 0 }).length > 0, `${name}: another form is taken`);
    for (const field of Object.keys(document)) {
      expect(faults(validate, { ...document, [field]: NaN }).length > 0, `${name}.${field}: NaN is taken`);
    }
  }
}
console.log(`${checked - wrong} passed, ${wrong} failed`);
process.exit(wrong ? 1 : 0);
