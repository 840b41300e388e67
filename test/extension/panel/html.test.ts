import assert from 'node:assert/strict';
import { it } from 'node:test';
import { panelHtml } from '../../../extension/panel/html.ts';

it('the page allows only its own script and styles', () => {
  const html = panelHtml({
    title: 'Topology',
    cspSource: 'https://webview.test',
    script: 'https://webview.test/topology.js',
    style: 'https://webview.test/topology.css',
    icons: 'https://webview.test/codicon.css',
    nonce: 'n0nce',
  });
  const policy = /content="([^"]*default-src[^"]*)"/.exec(html)?.[1];
  assert.equal(
    policy,
    "default-src 'none'; style-src https://webview.test; font-src https://webview.test; " +
      "script-src 'nonce-n0nce'",
  );
  for (const [tag] of html.matchAll(/<script[^>]*>/g)) assert.match(tag, /nonce="n0nce" src=/);
});
