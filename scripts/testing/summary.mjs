/**
 * @typedef {{ readonly passed: number, readonly failed: number }} Counts
 *
 * The result of one part of a test run. `failed` means that it ended before it counted its tests.
 * @typedef {object} Part
 * @property {string} name
 * @property {number} seconds
 * @property {Counts | undefined} counts
 * @property {boolean} failed
 */

/**
 * Prints a table of the parts and a closing line, and sets the exit code.
 * @param {readonly Part[]} parts
 * @param {number} seconds of the whole run; parts may run at the same time
 */
export function summarise(parts, seconds) {
  console.log(`\n${'part'.padEnd(14)}${'result'.padEnd(26)}seconds`);
  for (const { name, counts, failed, ...part } of parts) {
    const counted = counts && `${counts.passed} passed, ${counts.failed} failed`;
    const result = counted ?? (failed ? 'FAILED' : 'ok');
    console.log(`${name.padEnd(14)}${result.padEnd(26)}${part.seconds.toFixed(1).padStart(7)}`);
  }
  const passed = parts.reduce((sum, part) => sum + (part.counts?.passed ?? 0), 0);
  // A part without counts is one failure, so that the closing line never hides it.
  const failed = parts.reduce((sum, part) => sum + (part.counts?.failed ?? Number(part.failed)), 0);
  console.log(`\n${passed} passed, ${failed} failed in ${seconds.toFixed(0)} s`);
  process.exitCode = failed === 0 ? 0 : 1;
}
