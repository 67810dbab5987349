// One call at a desk of ticontact, driven from Node: node desk.mjs SCHEMAS OFFICE.toml
//
// Every line is held against the published schemas, in both directions.

import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { faults, validators } from "./schemas.mjs";

const [schemas, office] = process.argv.slice(2);
const known = validators(schemas);

const anna = { type: "agent", form: 1, id: "anna", skills: { general: 5 }, languages: { it: 10 } };
const agents = join(mkdtempSync(join(tmpdir(), "ticontact-")), "agents.jsonl");
writeFileSync(agents, `${JSON.stringify(anna)}\n`);

const desk = spawn("ticontact", ["desk", "--jsonl", office, "--agents", agents], { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: desk.stdout })[Symbol.asyncIterator]();
let number = 0;

async function tell(event) {
  number += 1;
  const line = { type: "desk_input", form: 1, at, event: { form: 1, id: `node-${number}`, ...event } };
  const found = faults(known["desk_input-1.read"], line);
  if (found.length) throw new Error(found.join("; "));
  desk.stdin.write(`${JSON.stringify(line)}\n`);
  const answer = JSON.parse((await answers.next()).value);
  const broken = faults(known[`${answer.type}-1`], answer);
  if (broken.length) throw new Error(broken.join("; "));
  if (answer.type === "desk_refusal") throw new Error(answer.message);
  return answer.effects;
}

const at = "2026-03-18T09:00:00+01:00"; // the instant of the exchange: the desk has no clock
const contact = {
  type: "contact",
  form: 3,
  id: "call-1",
  channel: "voice",
  direction: "inbound",
  created_at: { at, zone: "Europe/Zurich", source: "exchange" },
};

await tell({ type: "agent_signed_in", agent: "anna" });
const [announcement] = await tell({ type: "contact_arrived", contact, entry: "general" });
console.log(`say: ${announcement.text.it}`);
const [{ offer }] = await tell({ type: "queue_joined", contact: "call-1" });
console.log(`ring: ${offer.agent}`);
for (const effect of await tell({ type: "offer_accepted", offer })) console.log(`do: ${effect.type}`);
for (const effect of await tell({ type: "contact_ended", contact: "call-1" })) console.log(`do: ${effect.type}`);
desk.stdin.end();
