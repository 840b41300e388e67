import { setImmediate } from 'node:timers/promises';

/**
 * Runs `action` and gives the first promise rejection that it left unhandled: a program's
 * asynchronous function that throws must be reported like one that is not asynchronous. A rejection
 * goes before what `action` throws, because that nothing was launched, say, follows from it. Those
 * that `claims` returns true for are not the program's.
 */
export async function firstRejection(
  action: () => void,
  claims: (promise: Promise<unknown>, reason: unknown) => boolean = () => false,
): Promise<{ readonly reason: unknown } | undefined> {
  const reasons: { reason: unknown }[] = [];
  const collect = (reason: unknown, promise: Promise<unknown>): void => {
    if (!claims(promise, reason)) reasons.push({ reason });
  };
  process.on('unhandledRejection', collect);
  try {
    action();
    await reported();
  } catch (error) {
    await reported();
    if (reasons.length === 0) throw error;
  } finally {
    process.off('unhandledRejection', collect);
  }
  return reasons[0];
}

/** Node reports rejections when it has run what is queued. */
async function reported(): Promise<void> {
  await setImmediate();
}
