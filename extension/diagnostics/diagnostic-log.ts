/** The versions and the platform in which a session ran. */
export interface Environment {
  readonly vscode: string;
  readonly extension: string;
  readonly platform: string;
}

/** The content of a diagnostic log: the environment and what the debug adapter reports. */
export function diagnosticLog(environment: Environment, adapter: unknown): string {
  return `${JSON.stringify({ environment, adapter }, undefined, 2)}\n`;
}

/** The proposed file name, without characters that file systems reject. */
export function diagnosticLogName(now: Date): string {
  return `portals-diagnostics-${now.toISOString().slice(0, 19).replaceAll(':', '-')}.json`;
}
