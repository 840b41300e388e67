/** Runs the debug adapter: on stdio, or with `--server=PORT` on a loopback socket. */
import { type AddressInfo, createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { readTransport } from './dap/command-line.ts';
import { Connection } from './dap/connection.ts';
import type { DiagnosticLog } from './dap/diagnostic-log.ts';
import { answer } from './requests/index.ts';
import { Session } from './session/session.ts';
import { ClientInspector, WorkerInspector } from './v8/worker-inspector.ts';
import { WorkerThread } from './v8/worker-thread.ts';

const inspector = new WorkerInspector();
/** The logs of the present clients. */
const logs = new Set<DiagnosticLog>();
// Such an error ends the process; the logs say why.
process.on('uncaughtExceptionMonitor', (error) => {
  for (const log of logs) log.recordError(error);
});
const place = readTransport(process.argv.slice(2));

switch (place.kind) {
  case 'stdio': {
    // The last answers are written before the process goes.
    const leave = () => process.stdout.write('', () => void exit());
    serve(process.stdin, process.stdout, leave);
    break;
  }
  case 'server':
    listen(place.port);
    break;
  case 'usage':
    process.stderr.write(`${place.text}\n`);
    process.exitCode = place.exitCode;
}

function listen(port: number): void {
  const server = createServer((socket) => serve(socket, socket, () => socket.end()));
  server.once('error', ({ message }) => {
    process.stderr.write(`error: ${message}; choose another port, or 0 for any\n`);
    process.exitCode = 2;
  });
  server.listen(port, '127.0.0.1', () => {
    const { port: chosen } = server.address() as AddressInfo;
    // With port 0, this line says which port was chosen.
    process.stdout.write(`Listening on 127.0.0.1:${chosen}\n`);
  });
}

/** A process cannot exit while V8 has paused one of its threads: it would wait for it for ever. */
async function exit(): Promise<never> {
  if (!(await WorkerThread.endAll())) process.kill(process.pid, 'SIGKILL');
  process.exit();
}

/** Serves one client; `leave` runs when it is gone, or has disconnected. */
function serve(input: Readable, output: Writable, leave: () => void): void {
  const connection: Connection = new Connection(
    (command, args, seq) => answer(session, command, args, seq),
    (command) => {
      if (command === 'disconnect') leave();
    },
  );
  const send = (event: string, body?: unknown) => connection.sendEventNow(event, body);
  const { log } = connection;
  const traffic = new ClientInspector(inspector, (from, text) => log.recordV8(from, text));
  const session = new Session(traffic, send, log);
  logs.add(log);
  input.once('end', () => input.destroy());
  input.once('close', () => {
    connection.close();
    logs.delete(log);
    void session.terminate().finally(leave);
  });
  connection.start(input, output);
}
