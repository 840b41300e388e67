import { virtualConsole } from './console.ts';
import { virtualCrypto } from './crypto.ts';
import { virtualDate } from './date.ts';
import type { Environment } from './environment.ts';
import { fixedLocale } from './locale.ts';
import { virtualPerformance, virtualRandom } from './present.ts';
import { virtualProcess } from './process.ts';
import { define, type Realm } from './realm.ts';
import { notedProxies, strongReferences } from './references.ts';
import { refusedFunction } from './refusal.ts';
import { ownStacks } from './stacks.ts';
import { base64, structuredCloning, utf8 } from './web/index.ts';

/** What happens to one global of the program's realm, and why. */
export interface GlobalRule {
  readonly names: readonly string[];
  readonly why: string;
  readonly treatment:
    | { readonly kind: 'kept' }
    | { readonly kind: 'virtual'; install(realm: Realm, environment: Environment): void }
    /** It is not there, as in many places that programs are written for. */
    | { readonly kind: 'absent' }
    /** Calling it throws; `remedy` completes the sentence "NAME is refused here: …". */
    | { readonly kind: 'refused'; readonly remedy: string };
}

const NO_LATER =
  'a handler runs to its end within one atom, so nothing can happen later. ' +
  'Emit an event, or ask a portal and await the reply.';
const NO_OUTSIDE =
  'a program that reaches outside cannot be replayed. Bring the data in through a generator.';

/** Every global whose behaviour could differ from run to run. All others are kept as they are. */
export const GLOBAL_RULES: readonly GlobalRule[] = [
  {
    names: ['Date'],
    why: 'Its present is virtual time, which advances at each reading; its time zone is UTC.',
    treatment: { kind: 'virtual', install: virtualDate },
  },
  {
    names: ['Math'],
    why: 'Math.random draws from the seeded generator; the rest is the same on any machine.',
    treatment: { kind: 'virtual', install: virtualRandom },
  },
  {
    names: ['performance'],
    why: 'performance.now reads the same virtual time as Date.',
    treatment: { kind: 'virtual', install: virtualPerformance },
  },
  {
    names: ['crypto'],
    why: 'Its randomness comes from the seed. Programs under test must not rely on its secrecy.',
    treatment: { kind: 'virtual', install: virtualCrypto },
  },
  {
    names: ['Intl', 'Number', 'BigInt', 'String'],
    why: 'Where the program names none that is known, the locale is en-US and the time zone UTC.',
    treatment: { kind: 'virtual', install: fixedLocale },
  },
  {
    names: ['Error'],
    why: 'Its stacks show the program only: how it is called and where it lies is no input.',
    treatment: { kind: 'virtual', install: ownStacks },
  },
  {
    names: ['console'],
    why: 'What a handler prints is part of its atom: it appears when the atom commits.',
    treatment: { kind: 'virtual', install: virtualConsole },
  },
  {
    names: ['structuredClone'],
    why: 'It only computes. A copy is made of objects of this realm, as of all that programs see.',
    treatment: { kind: 'virtual', install: structuredCloning },
  },
  {
    names: ['TextEncoder', 'TextDecoder'],
    why: 'They only compute; for UTF-8, which is what nearly everybody wants.',
    treatment: { kind: 'virtual', install: utf8 },
  },
  {
    names: ['atob', 'btoa'],
    why: 'They only compute.',
    treatment: { kind: 'virtual', install: base64 },
  },
  {
    names: ['WeakRef', 'FinalizationRegistry'],
    why: 'Garbage collection is not repeatable. References are strong; nothing is finalised.',
    treatment: { kind: 'virtual', install: strongReferences },
  },
  {
    names: ['Proxy'],
    why: 'A proxy is no value that can be copied; it is noted, so that emitting one is refused.',
    treatment: { kind: 'virtual', install: notedProxies },
  },
  {
    names: ['process'],
    why: 'Packages look for process.env. It is what the launch configuration says; no more.',
    treatment: { kind: 'virtual', install: virtualProcess },
  },
  {
    names: ['Promise'],
    why:
      'Jobs run in order, after the program has loaded, and those of handlers after the run. ' +
      'Handlers that return one are refused.',
    treatment: { kind: 'kept' },
  },
  {
    names: ['eval', 'Function'],
    why:
      'Text is evaluated in the global scope of this realm, so it sees these same globals but no ' +
      'local variables. A dynamic import in it is refused.',
    treatment: { kind: 'kept' },
  },
  {
    names: ['WebAssembly'],
    why: 'It computes the same everywhere. What it compiles later, by a promise, comes too late.',
    treatment: { kind: 'kept' },
  },
  {
    names: ['URL', 'URLSearchParams', 'Blob', 'File', 'Buffer', 'DOMException'],
    why:
      'They only compute, but their instances hide what they hold, so none could be copied into ' +
      'an event or a state. Keep the text or the bytes, or import a package.',
    treatment: { kind: 'absent' },
  },
  {
    names: ['AbortController', 'AbortSignal', 'Event', 'EventTarget', 'MessageChannel'],
    why: 'They are for work that runs beside the program; packages look whether they are there.',
    treatment: { kind: 'absent' },
  },
  {
    names: ['window', 'document', 'navigator', 'localStorage', 'global', '__dirname'],
    why: 'Programs run in neither a browser nor Node. globalThis is what both call the global.',
    treatment: { kind: 'absent' },
  },
  {
    names: ['Atomics'],
    why: 'Without shared memory it is ordinary arithmetic.',
    treatment: { kind: 'kept' },
  },
  {
    names: [
      'setTimeout',
      'setInterval',
      'setImmediate',
      'queueMicrotask',
      'requestAnimationFrame',
      'requestIdleCallback',
    ],
    why: 'Timers and job queues order work by the machine.',
    treatment: { kind: 'refused', remedy: NO_LATER },
  },
  {
    names: ['clearTimeout', 'clearInterval', 'clearImmediate', 'cancelAnimationFrame'],
    why: 'There are no timers to clear.',
    treatment: { kind: 'refused', remedy: 'there are no timers. Remove the call.' },
  },
  {
    names: ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'BroadcastChannel'],
    why: 'The network answers differently each time.',
    treatment: { kind: 'refused', remedy: NO_OUTSIDE },
  },
  {
    names: ['Worker', 'SharedWorker', 'SharedArrayBuffer'],
    why: 'Other threads run at their own pace.',
    treatment: {
      kind: 'refused',
      remedy: 'threads interleave differently each time. Put the work into a workflow of its own.',
    },
  },
  {
    names: ['alert', 'confirm', 'prompt'],
    why: 'No user is there to answer.',
    treatment: { kind: 'refused', remedy: 'print with console.log, or log with ctx.log.info.' },
  },
  {
    names: ['require'],
    why: 'Modules are bundled before the program runs, so only constant names can be loaded.',
    treatment: {
      kind: 'refused',
      remedy: 'modules are bundled before the run. Import it by a constant name, at the top.',
    },
  },
];

/** Replaces the realm's globals according to {@link GLOBAL_RULES}. Call it once per realm. */
export function installGlobals(realm: Realm, environment: Environment): void {
  for (const { names, treatment } of GLOBAL_RULES) {
    if (treatment.kind === 'virtual') treatment.install(realm, environment);
    if (treatment.kind !== 'refused') continue;
    for (const name of names) define(realm, name, refusedFunction(name, treatment.remedy));
  }
}
