import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../scripts/project.mjs';

/**
 * Words that this project has replaced by the terms of its field, and what to write instead;
 * docs/development/glossary.md defines the terms.
 */
const RETIRED: Readonly<Record<string, string>> = {
  aloud: 'emitting',
  anew: 'again, or re-execute',
  calm: 'baseline',
  correspondence: 'portal client',
  'deed|deeds': 'intervention',
  'edition|editions': 'history version',
  'errand|errands': 'guarded call',
  'footstep|footsteps': 'line trace',
  'hear|hears|heard': 'observe, receive, onX',
  'journey|journeys': 'navigation',
  'law|laws': 'property',
  mail: 'messages, requests, replies',
  narration: 'output replay',
  'nobody|somebody|whoever': 'the actor, by name',
  onward: 'resume action',
  'passage|passages': 'navigation progress',
  'rehearsal|rehearse|rehearsed|rehearses': 're-execution, re-execute',
  remembering: 'recording an assignment',
  'replica|replicas': 'checkpoint',
  'scout|scouts': 'scratch run',
  'seat|seats': 'active run',
  'spoil|spoils|spoilt': 'invalidate',
  'standstill|standstills': 'pause',
  steering: 'step state',
  'strike|strikes|struck': 'trigger',
  'suspension|suspensions': 'continuation',
  'tell|tells|telling|told': 'emit, report, notify',
  'traveller|travellers': 'time travel client',
  universe: 'runtime graph',
  'walker|walkers': 'line replayer',
  whereabouts: 'position tracker',
  'wish|wishes': 'breakpoint set',
  'take back|takes back|took back|taken back': 'roll back',
  'to and fro': 'round trip',
  'next again': 'next replay',
  'come by|comes by|came by': 'reach',
  'go on|goes on|going on|gone on|went on': 'continue',
};

/** Where a word has another meaning. */
const EXCEPTIONS: readonly { readonly file: RegExp; readonly phrase: RegExp; why: string }[] = [
  {
    file: /^(test\/)?webview\//,
    phrase: /struck|strikes out/,
    why: 'discarded text is struck out',
  },
  { file: /choices-view\.ts$/, phrase: /'mail'/, why: 'the name of an icon of VS Code' },
];

const FOLDERS = [
  ...['runtime', 'program', 'debug-adapter', 'layout', 'cli', 'webview', 'extension', 'bench'],
  ...['exploration', 'scripts', 'test', 'examples', 'docs', 'types', 'syntaxes', 'snippets'],
];
/**
 * Words of English that a comment may use, but that name nothing in the model's code. A task `asks`
 * a portal, which is the verb of the authors' API; what it sends is a request.
 */
const RETIRED_NAMES: Readonly<Record<string, string>> = {
  'world|worlds': 'host',
  'move|moves': 'transition',
  'ask|asks': 'request',
};
const NAMING_FOLDERS = ['runtime', 'exploration', 'program'];

const KINDS = /\.(ts|mjs|js|css|md|json|txt)$/;
/** Folders that still contain some; each goes when the last of them is gone. */
const LEFTOVERS = /^$/;
const ITSELF = 'test/retired-words.test.ts';

const files = [
  ...readdirSync(root).filter((file) => /\.md$|^package\.json$/.test(file)),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  ),
].filter((file) => KINDS.test(file) && file !== ITSELF && !LEFTOVERS.test(file));

const pattern = new RegExp(`\\b(?:${Object.keys(RETIRED).join('|')})\\b`, 'g');

test('the words that the glossary replaces do not come back', () => {
  const found = files.flatMap(retiredIn);
  assert.equal(found.join('\n'), '', `${found.length} retired words`);
});

test('no local variable has a name that the glossary replaces', () => {
  const sources = files.filter(
    (file) => file.endsWith('.ts') && NAMING_FOLDERS.some((folder) => file.startsWith(folder)),
  );
  const found = sources.flatMap(retiredNamesIn);
  assert.equal(found.join('\n'), '', `${found.length} retired names`);
});

/** The local names of a file that contain a retired word: variables, parameters, private fields. */
function retiredNamesIn(file: string): string[] {
  const found: string[] = [];
  const tree = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const visit = (node: ts.Node): void => {
    const name = localNameOf(node);
    for (const word of wordsOf(name ?? '').split(/[^a-z]+/)) {
      const instead = retiredName(word);
      if (instead === undefined) continue;
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} ${name} (${instead})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The name that `node` gives, if it is visible in its file only. */
function localNameOf(node: ts.Node): string | undefined {
  // `{ asks }` takes the name of a property.
  if (ts.isBindingElement(node)) {
    return node.propertyName && ts.isIdentifier(node.name) ? node.name.text : undefined;
  }
  if (ts.isVariableDeclaration(node) || ts.isParameter(node)) {
    return ts.isIdentifier(node.name) ? node.name.text : undefined;
  }
  const isField = ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node);
  return isField && ts.isPrivateIdentifier(node.name) ? node.name.text : undefined;
}

function retiredName(word: string): string | undefined {
  return Object.entries(RETIRED_NAMES).find(([key]) => key.split('|').includes(word))?.[1];
}

/** Names are words, too: `takeBack` is "take back". */
function wordsOf(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

function retiredIn(file: string): string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    const words = wordsOf(line);
    const exempt = EXCEPTIONS.some((each) => each.file.test(file) && each.phrase.test(words));
    const found = exempt ? [] : [...words.matchAll(pattern)];
    return found.map(([word]) => `${file}:${at + 1} ${word} (${insteadOf(word)})`);
  });
}

function insteadOf(word: string): string {
  const [, instead = ''] =
    Object.entries(RETIRED).find(([key]) => key.split('|').includes(word)) ?? [];
  return instead;
}
