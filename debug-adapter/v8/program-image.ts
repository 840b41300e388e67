import { type Bundle, loadRuntimeCode } from '../../program/index.ts';
import { ScriptSyntax } from './script-syntax.ts';
import { Sources } from './sources.ts';
import { bundleProgram } from '../session/launch.ts';

/** A program as it is run: its script, where that comes from, and what it is run with. */
export interface ProgramImage {
  readonly bundle: Bundle;
  readonly runtimeCode: string;
  readonly sources: Sources;
  readonly syntax: ScriptSyntax;
}

/** @throws AdapterError with every error of the program and where it stands. */
export async function loadImage(program: string): Promise<ProgramImage> {
  const [bundle, runtimeCode] = await Promise.all([bundleProgram(program), loadRuntimeCode()]);
  return {
    bundle,
    runtimeCode,
    sources: new Sources(bundle),
    syntax: new ScriptSyntax(bundle.code),
  };
}
