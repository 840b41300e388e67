import { basename } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { Bundle, SourcePosition } from '../../../program/index.ts';
import { Positions } from '../../../program/index.ts';
import type { CallSite } from '../../../runtime/index.ts';
import { identityOf } from './file-names.ts';
import { SourceNames } from './source-names.ts';

/** The author's files and the script made of them. Lines and columns count from 1. */
export class Sources {
  readonly bundle: Bundle;
  readonly positions: Positions;
  readonly names: SourceNames;
  private readonly files: ReadonlyMap<string, string>;
  /** By file: how the client named it last. */
  private readonly clientNames = new Map<string, string>();

  /** @param texts the modules as JavaScript, by file. */
  constructor(bundle: Bundle, texts: ReadonlyMap<string, string>) {
    this.bundle = bundle;
    this.names = new SourceNames(bundle, texts);
    this.positions = new Positions(bundle.map, bundle.root);
    this.files = new Map(this.positions.sources.map((file) => [identityOf(file), file]));
  }

  /** The file that the client calls `name`; `undefined` if it is not part of the program. */
  fileOf(name: string): string | undefined {
    return this.files.get(identityOf(name));
  }

  /** Calls `file` as the client does from now on. */
  callAs(file: string, name: string): void {
    this.clientNames.set(file, name);
  }

  /** A file as DAP names it, and as the client calls it. */
  sourceOf(file: string): DebugProtocol.Source {
    return sourceOf(this.nameOf(file));
  }

  /** Every file of the program. */
  get loaded(): readonly DebugProtocol.Source[] {
    return this.positions.sources.map((file) => this.sourceOf(file));
  }

  private nameOf(file: string): string {
    return this.clientNames.get(file) ?? file;
  }

  /** Where a place of V8's (counted from 0) stands in the author's files. */
  ofLocation({ lineNumber, columnNumber = 0 }: Location): SourcePosition | undefined {
    return this.positions.toSource({ line: lineNumber + 1, column: columnNumber + 1 });
  }

  ofSite(site: CallSite | undefined): SourcePosition | undefined {
    return this.positions.ofCallSite(site);
  }

  /** `site` with the author's file as its `url`; absent when it is not in the author's files. */
  mapSite<Item extends { readonly site?: CallSite }>(item: Item): Item {
    const { site, ...rest } = item;
    const position = this.ofSite(site);
    if (!position) return rest as Item;
    const { file, line, column } = position;
    return { ...rest, site: { url: this.nameOf(file), line, column } } as unknown as Item;
  }

  /** Whether the author wrote code there; the bundler maps code of its own to a file's start. */
  hasCodeAt({ file, line, column }: SourcePosition): boolean {
    const { sources, sourcesContent } = this.bundle.map;
    const text = sourcesContent?.[sources.indexOf(file)]?.split('\n')[line - 1];
    return text === undefined || !/^(\/\/|\/\*|import\b|$)/.test(text.slice(column - 1));
  }
}

type Location = Pick<Protocol.Debugger.Location, 'lineNumber' | 'columnNumber'>;

/** A file as DAP names it. */
export function sourceOf(file: string): DebugProtocol.Source {
  return { name: basename(file), path: file };
}
