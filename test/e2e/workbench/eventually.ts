import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** How long anything in a window may take: machines that run tests are slow and shared. */
export const limitMs = 40_000;

/** Reads again and again until `holds`; on time-out the last reading is part of the error. */
export async function eventually<Reading>(
  what: string,
  read: () => Promise<Reading>,
  holds: (reading: Reading) => boolean,
): Promise<Reading> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const reading = await read();
    if (holds(reading)) return reading;
    if (Date.now() > deadline) assert.fail(`${what}; last seen: ${JSON.stringify(reading)}`);
    await delay(100);
  }
}
