import {
  type Bundle,
  bundle,
  formatDiagnostic,
  loadRuntimeCode,
  ProgramError,
} from '../../../program/index.ts';
import { AdapterError } from '../../dap/errors.ts';
import { namesBehind } from './file-names.ts';
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

/** The bundle with its files named as the client names them that has opened the program. */
function asOpened(script: Bundle, named: (file: string) => string): Bundle {
  const nameOf = (file: string) => (file.startsWith('portals:') ? file : named(file));
  const { map, inputs, imports } = script;
  const sources = map.sources.map((file) => (file === null ? file : nameOf(file)));
  const renamed = Object.entries(imports).map(([file, files]) => {
    const targets = Object.entries(files).map(([specifier, each]) => [specifier, nameOf(each)]);
    return [nameOf(file), Object.fromEntries(targets)];
  });
  return {
    ...script,
    map: { ...map, sources },
    inputs: inputs.map(nameOf),
    imports: Object.fromEntries(renamed),
  };
}

async function bundleProgram(program: string): Promise<Bundle> {
  const nameOf = namesBehind(program);
  try {
    return asOpened(await bundle(program), nameOf);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const text = error.diagnostics
      .map(({ source, ...rest }) => {
        if (!source) return formatDiagnostic(rest);
        return formatDiagnostic({ ...rest, source: { ...source, file: nameOf(source.file) } });
      })
      .join('\n');
    throw new AdapterError('PROGRAM_NOT_LOADED', text, true);
  }
}
