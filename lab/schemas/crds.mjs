// Makes a CustomResourceDefinition of each kind that is named, as in keda.sh/v1alpha1/ScaledObject, so that a real API server looks at
// such objects: that it knows their fields, and prunes others. The definitions are told from the declarations that others made of those
// kinds; the formats, bounds and expressions of the operators' own definitions aren't in them. A group without a dot is the server's own,
// which no definition may add to: its kinds get a group of ours.
import { join } from "node:path";
import ts from "typescript";
import { moduleOf } from "./modules.mjs";

const home = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const kinds = process.argv.slice(2).map((argument) => {
  const [group, version, kind] = argument.split("/");
  return { group, version, kind };
});

// here, so that the packages are found; it is never written
const source = join(home, "kinds.ts");
const text = kinds
  .map(
    ({ group, version, kind }, index) =>
      `import type { I${kind} as Kind${index} } from "${moduleOf(`${group}/${version}`)}";\nexport declare const kind${index}: Kind${index};\n`,
  )
  .join("");
const options = {
  noEmit: true, strict: true, skipLibCheck: true, types: [],
  module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
};
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = (file) => file === source || fileExists(file);
host.readFile = (file) => (file === source ? text : readFile(file));
host.getSourceFile = (file, ...more) =>
  file === source ? ts.createSourceFile(file, text, ts.ScriptTarget.ESNext) : getSourceFile(file, ...more);
const program = ts.createProgram([source], options, host);
const checker = program.getTypeChecker();
const wrong = ts.getPreEmitDiagnostics(program);
if (wrong.length > 0) throw new Error(ts.formatDiagnostics(wrong, host));

const ANYTHING = { "x-kubernetes-preserve-unknown-fields": true };

const has = (type, flags) => (type.flags & flags) !== 0;
const parts = (type) => (type.isUnion() ? type.types : [type]);

// Kinds that hold themselves can't be told to the end.
const schemaOf = (declared, within = []) => {
  const type = checker.getNonNullableType(declared);
  if (has(type, ts.TypeFlags.AnyOrUnknown) || within.includes(type)) return ANYTHING;
  const all = parts(type);
  if (all.every((part) => part.isStringLiteral())) return { type: "string", enum: all.map((part) => part.value) };
  if (all.every((part) => has(part, ts.TypeFlags.StringLike))) return { type: "string" };
  if (all.every((part) => has(part, ts.TypeFlags.NumberLike))) return { type: "number" };
  if (all.every((part) => has(part, ts.TypeFlags.BooleanLike))) return { type: "boolean" };
  if (all.every((part) => has(part, ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike))) return { "x-kubernetes-int-or-string": true };
  if (all.length > 1) throw new Error(`Neither of these: ${checker.typeToString(type)}`);
  if (checker.isArrayType(type)) return { type: "array", items: schemaOf(checker.getTypeArguments(type)[0], within) };
  return objectOf(type, [...within, type]);
};

const objectOf = (type, within) => {
  const values = checker.getIndexInfosOfType(type)[0];
  if (values) return { type: "object", additionalProperties: schemaOf(values.type, within) };
  const fields = checker.getPropertiesOfType(type);
  if (fields.length === 0) return { type: "object", ...ANYTHING };
  const required = fields.filter((field) => (field.flags & ts.SymbolFlags.Optional) === 0).map((field) => field.name);
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, schemaOf(checker.getTypeOfSymbol(field), within)])),
    ...(required.length > 0 && { required }),
  };
};

const definitionOf = ({ group, version, kind }, index) => {
  const declaration = program.getSourceFile(source).statements[2 * index + 1].declarationList.declarations[0];
  const schema = schemaOf(checker.getTypeAtLocation(declaration));
  Object.assign(schema.properties, { apiVersion: { type: "string" }, metadata: { type: "object" } });
  const domain = group.includes(".") ? group : `${group}.lab.example.com`;
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${domain}` },
    spec: {
      group: domain,
      names: { kind, singular, plural, listKind: `${kind}List` },
      scope: "Namespaced",
      preserveUnknownFields: false,
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
};

console.log(JSON.stringify({ apiVersion: "v1", kind: "List", items: kinds.map(definitionOf) }));
