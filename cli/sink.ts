import { writeSync } from 'node:fs';

const STDOUT = 1;
const STDERR = 2;

/** Where the command writes: whole lines, at once, so that none is lost when the program hangs. */
export interface Sink {
  out(text: string): void;
  err(text: string): void;
}

export const STANDARD_SINK: Sink = {
  out: (text) => writeAll(STDOUT, `${text}\n`),
  err: (text) => writeAll(STDERR, `${text}\n`),
};

/**
 * Streams of Node write when the event loop turns, which a program in an endless loop prevents;
 * so this writes to the descriptor itself.
 */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The reader has closed the pipe, as `head` does.
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
