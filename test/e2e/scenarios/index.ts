import { describe } from 'node:test';
import { newest, type Release } from '../../../scripts/vscode/releases.mjs';
import { ServedVsCode } from '../workbench/index.ts';
import { modelBreakpoints } from './breakpoints.ts';
import { installed } from './installed.ts';
import { problems } from './problems.ts';
import { reload } from './reload.ts';
import { crashing, stepping } from './shopping-cart.ts';
import { compound, forks, history, wholeRun } from './timeline.ts';
import { themes, topology } from './topology.ts';

const everywhere = [
  installed,
  topology,
  stepping,
  crashing,
  history,
  wholeRun,
  forks,
  reload,
  problems,
  themes,
];

/** All scenarios of one release; they share a server. */
export function inRelease(release: Release): void {
  describe(`VS Code ${release.version}`, () => {
    const vscode = ServedVsCode.during(release);
    for (const scenario of everywhere) scenario(vscode);
    if (release === newest) modelBreakpoints(vscode);
    // Last, because it changes the meaning of F5.
    compound(vscode);
  });
}
