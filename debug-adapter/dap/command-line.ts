/** How the adapter is to be reached, as its command line says. */
export type Transport =
  | { readonly kind: 'stdio' }
  | { readonly kind: 'server'; readonly port: number }
  | { readonly kind: 'usage'; readonly text: string; readonly exitCode: 0 | 2 };

const USAGE = `Usage: debug-adapter [--server=PORT]

Speaks the Debug Adapter Protocol on stdin and stdout, or to each client that connects to PORT
of 127.0.0.1; 0 takes any free port and prints which.`;

const PORT_MAX = 65_535;

/** Reads the arguments after the name of the script. */
export function readTransport(args: readonly string[]): Transport {
  const [first, ...more] = args;
  if (first === undefined) return { kind: 'stdio' };
  if (first === '--help') return { kind: 'usage', text: USAGE, exitCode: 0 };
  const port = /^--server=(\d+)$/.exec(first)?.[1];
  if (port === undefined || Number(port) > PORT_MAX || more.length > 0) {
    const text = `error: '${args.join(' ')}' is not understood\n\n${USAGE}`;
    return { kind: 'usage', text, exitCode: 2 };
  }
  return { kind: 'server', port: Number(port) };
}
