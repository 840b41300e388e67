import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  isMissingTypes,
  referenceInsertionLine,
  referenceLine,
} from '../../../extension/types/reference.ts';

it('the reference path is relative to the file; JavaScript gets the relaxed declarations', () => {
  const types = '/home/me/shop/portals-types';
  assert.equal(
    referenceLine('/home/me/shop/cart.ts', types),
    '/// <reference path="./portals-types/portals.d.ts" />\n',
  );
  assert.equal(
    referenceLine('/home/me/shop/src/apps/cart.mjs', types),
    '/// <reference path="../../portals-types/scripts.d.ts" />\n',
  );
});

it('the reference is the first line, but after a shebang', () => {
  assert.equal(referenceInsertionLine("import 'portals';\n"), 0);
  assert.equal(referenceInsertionLine('#!/usr/bin/env node\nlet a;\n'), 1);
});

it('recognizes diagnostics about missing declarations', () => {
  assert.ok(isMissingTypes("Cannot find name 'PortalsJS'."));
  assert.ok(isMissingTypes("Cannot find module 'portals' or its corresponding type declarations."));
  assert.equal(isMissingTypes("Cannot find name 'Portal'."), false);
});
