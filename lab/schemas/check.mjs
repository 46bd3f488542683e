// Holds Kubernetes manifests, read from standard input, against the types of today's API: the declarations, which know every field,
// and the validators, which know formats and bounds. Both were made by others from the Go sources and definitions of Kubernetes, KEDA,
// the Prometheus Operator and the External Secrets Operator. It is no server: what an admission check would refuse, it takes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { moduleOf } from "./modules.mjs";

const home = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const nameOf = (object) => `${object.apiVersion} ${object.kind} ${object.metadata?.name}`;

const objects = parseAllDocuments(readFileSync(0, "utf8"))
  .map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  })
  .filter((object) => object);

const complaints = [];
const known = [];
for (const object of objects) {
  try {
    const model = (await import(moduleOf(object.apiVersion)))[object.kind];
    known.push(object);
    new model(object).validate();
  } catch (e) {
    complaints.push(`${nameOf(object)}: ${e.message}`);
  }
}

// here, so that the packages are found
const work = mkdtempSync(join(home, "check-"));
try {
  known.forEach((object, index) =>
    writeFileSync(
      join(work, `object${index}.ts`),
      `import type { I${object.kind} } from "${moduleOf(object.apiVersion)}";\n` +
        `export const object: I${object.kind} = ${JSON.stringify(object)};\n`,
    ),
  );
  writeFileSync(
    join(work, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        noEmit: true, strict: true, skipLibCheck: true, module: "nodenext", moduleResolution: "nodenext", types: [],
      },
      include: ["*.ts"],
    }),
  );
  const compiler = spawnSync(
    process.execPath,
    [join(home, "node_modules/typescript/bin/tsc"), "--project", work, "--pretty", "false"],
    { encoding: "utf8", maxBuffer: 1 << 26 },
  );
  if (compiler.error) throw compiler.error;
  for (const line of compiler.stdout.split("\n").filter((line) => line.includes(": error "))) {
    const index = /object(\d+)\.ts/.exec(line)?.[1];
    complaints.push(`${index ? nameOf(known[index]) : "?"}: ${line.slice(line.indexOf(": error ") + 8)}`);
  }
  if (compiler.status !== 0 && complaints.length === 0) complaints.push(compiler.stdout + compiler.stderr);
} finally {
  rmSync(work, { recursive: true });
}

complaints.forEach((complaint) => console.error(complaint));
console.log(`${objects.length} objects, ${complaints.length} complaints`);
process.exitCode = complaints.length === 0 && objects.length > 0 ? 0 : 1;
