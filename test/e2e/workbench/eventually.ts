import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** A generous limit for slow, shared machines. */
export const limitMs = 40_000;

/** Polls until `holds`; the time-out error contains the last reading. */
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
