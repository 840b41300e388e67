import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  isMissingTypes,
  referenceLine,
  referencePlace,
} from '../../../extension/types/reference.ts';

it('a file refers to the types from where it stands, scripts to those that ask for less', () => {
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

it('the reference comes first, but after what a shell reads', () => {
  assert.equal(referencePlace("import 'portals';\n"), 0);
  assert.equal(referencePlace('#!/usr/bin/env node\nlet a;\n'), 1);
});

it('knows the complaints that types are missing', () => {
  assert.ok(isMissingTypes("Cannot find name 'PortalsJS'."));
  assert.ok(isMissingTypes("Cannot find module 'portals' or its corresponding type declarations."));
  assert.equal(isMissingTypes("Cannot find name 'Portal'."), false);
});
