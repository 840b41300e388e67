import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type Registry } from 'vscode-textmate';

const require = createRequire(import.meta.url);
const INJECTION = 'syntaxes/portals.injection.tmLanguage.json';
const GRAMMARS: Readonly<Record<string, string>> = {
  'source.js': require.resolve('tm-grammars/grammars/javascript.json'),
  'source.ts': require.resolve('tm-grammars/grammars/typescript.json'),
  'portals.injection': INJECTION,
};

/** One token: its text and the innermost scope. */
export type Token = readonly [text: string, scope: string];

/** The tokens of a program, as VS Code colours it with the extension installed. */
export async function tokenize(scope: 'source.js' | 'source.ts', text: string): Promise<Token[]> {
  const grammar = await load(scope);
  const tokens: Token[] = [];
  let state = null;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      tokens.push([line.slice(startIndex, endIndex), scopes.at(-1) ?? '']);
    }
  }
  return tokens;
}

let registry: Promise<Registry> | undefined;

async function load(scope: string): Promise<IGrammar> {
  registry ??= createRegistry();
  const grammar = await (await registry).loadGrammar(scope);
  if (grammar === null) throw new Error(`no grammar for ${scope}`);
  return grammar;
}

async function createRegistry(): Promise<Registry> {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const { createOnigScanner, createOnigString } = oniguruma;
  return new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scope) => {
      const file = GRAMMARS[scope];
      return file === undefined ? null : textmate.parseRawGrammar(readFileSync(file, 'utf8'), file);
    },
    getInjections: (scope) => (scope.startsWith('source.') ? ['portals.injection'] : []),
  });
}
