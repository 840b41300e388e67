import {
  type Bundle,
  bundle,
  formatDiagnostic,
  loadRuntimeCode,
  ProgramError,
} from '../../../program/index.ts';
import { AdapterError } from '../../dap/errors.ts';
import { moduleTexts } from './module-links.ts';
import { withNameAccess } from './name-access.ts';
import { ScriptSyntax } from './script-syntax.ts';
import { Sources } from './sources.ts';

/** A program as it is run: its script, where that comes from, and what it is run with. */
export interface ProgramImage {
  readonly bundle: Bundle;
  readonly runtimeCode: string;
  readonly sources: Sources;
  readonly syntax: ScriptSyntax;
}

/** @throws AdapterError that lists every error of the program with its source position. */
export async function loadImage(program: string): Promise<ProgramImage> {
  const [bundled, runtimeCode] = await Promise.all([bundleProgram(program), loadRuntimeCode()]);
  const script = withNameAccess(bundled);
  return {
    bundle: script,
    runtimeCode,
    sources: new Sources(script, await moduleTexts(script)),
    syntax: new ScriptSyntax(script.code),
  };
}

async function bundleProgram(program: string): Promise<Bundle> {
  try {
    return await bundle(program);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const text = error.diagnostics.map((each) => formatDiagnostic(each)).join('\n');
    throw new AdapterError('PROGRAM_NOT_LOADED', text, true);
  }
}
