import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** One complaint of the type checker: where, and what. */
export interface Complaint {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** A checked program, for questions about its types. */
export interface Checked {
  readonly program: ts.Program;
  readonly complaints: readonly Complaint[];
}

/**
 * Checks what the project in `folder` includes, and `files`, which need not exist: their texts by
 * path.
 */
export function checkProject(
  folder: string,
  files: Readonly<Record<string, string>> = {},
): Checked {
  const config = join(folder, 'tsconfig.json');
  const { config: settings } = ts.readConfigFile(config, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(settings, ts.sys, dirname(config));
  const host = ts.createCompilerHost(parsed.options);
  const texts = new Map(Object.entries(files).map(([path, text]) => [resolve(path), text]));
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => texts.has(resolve(path)) || fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = texts.get(resolve(path));
    if (text === undefined) return getSourceFile.call(host, path, languageVersion, ...rest);
    return ts.createSourceFile(path, text, languageVersion, true);
  };
  const program = ts.createProgram([...parsed.fileNames, ...texts.keys()], parsed.options, host);
  const diagnostics = [...parsed.errors, ...ts.getPreEmitDiagnostics(program)];
  return { program, complaints: diagnostics.map(complaintOf) };
}

function complaintOf({ file, start, messageText }: ts.Diagnostic): Complaint {
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (file === undefined) return { file: '', line: 0, message };
  const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
  return { file: file.fileName, line: line + 1, message };
}
