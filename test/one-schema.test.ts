import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import * as contractArguments from '../debug-adapter/protocol/arguments.ts';
import { root } from '../scripts/project.mjs';

/** Smaller objects, as of two numbers, have the same fields by chance. */
const FIELDS_MIN = 4;

// A receiver that needs a part of a message picks it from the schema of the sender.
test('each message has one schema', () => {
  const places = new Map<string, string[]>();
  for (const folder of ['debug-adapter', 'extension', 'webview', 'program', 'cli']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      for (const fields of schemasIn(`${folder}/${file}`)) {
        places.set(fields, [...(places.get(fields) ?? []), `${folder}/${file}`]);
      }
    }
  }
  assert.ok(places.size > 0, 'schemas are found');
  const twice = [...places].filter(([, files]) => files.length > 1);
  assert.deepEqual(twice, []);
});

test('the arguments of a custom request are validated by a schema of the contract', () => {
  const contract = new Set(Object.keys(contractArguments));
  const requests = tableFiles().flatMap((file) => customRequestsIn(file));
  assert.ok(requests.length > 0, 'requests are found');
  const strays = requests.filter(({ schema }) => !contract.has(schema));
  assert.deepEqual(strays, []);
});

test('no table of requests declares a schema that the contract has', () => {
  const declared = tableFiles().flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^const (\w+) = z\./gm)].map(
      ([, name = '']) => name,
    ),
  );
  assert.ok(declared.length > 0, 'schemas of DAP requests are found');
  assert.deepEqual(
    declared.filter((name) => name in contractArguments),
    [],
  );
});

function tableFiles(): string[] {
  const folder = 'debug-adapter/requests';
  return readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);
}

/** The custom requests of a table: `'portals/…': request(schema, …)`. */
function customRequestsIn(file: string): { readonly name: string; readonly schema: string }[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/'(portals\/\w+)': request\(\s*([^,]+),/g)].map(
    ([, name = '', schema = '']) => ({ name, schema }),
  );
}

/** The field names of each object schema, `z.object({ … })` and its kind. */
function schemasIn(file: string): string[] {
  const schemas: string[] = [];
  const text = readFileSync(join(root, file), 'utf8');
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^z\.\w*[oO]bject$/.test(node.expression.getText())) {
      const [shape] = node.arguments;
      const fields = shape && ts.isObjectLiteralExpression(shape) ? shape.properties : [];
      const names = fields.map(({ name }) => name?.getText() ?? '…').sort();
      if (names.length >= FIELDS_MIN) schemas.push(names.join(' '));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return schemas;
}
