/**
 * @typedef {{ readonly passed: number, readonly failed: number }} Counts
 *
 * What one part of a test run did. `failed` says that it did not come to counting.
 * @typedef {object} Part
 * @property {string} name
 * @property {number} seconds
 * @property {Counts | undefined} counts
 * @property {boolean} failed
 */

/**
 * Prints a table of the parts and a closing line, and sets the exit code.
 * @param {readonly Part[]} parts
 */
export function summarise(parts) {
  console.log(`\n${'part'.padEnd(14)}${'result'.padEnd(26)}seconds`);
  for (const { name, seconds, counts, failed } of parts) {
    const counted = counts && `${counts.passed} passed, ${counts.failed} failed`;
    const result = counted ?? (failed ? 'FAILED' : 'ok');
    console.log(`${name.padEnd(14)}${result.padEnd(26)}${seconds.toFixed(1).padStart(7)}`);
  }
  const passed = parts.reduce((sum, part) => sum + (part.counts?.passed ?? 0), 0);
  // A part that did not come to counting is one failure, so that the closing line never hides it.
  const failed = parts.reduce((sum, part) => sum + (part.counts?.failed ?? Number(part.failed)), 0);
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  console.log(`\n${passed} passed, ${failed} failed in ${seconds.toFixed(0)} s`);
  process.exitCode = failed === 0 ? 0 : 1;
}
