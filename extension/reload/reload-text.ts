import { basename } from 'node:path';
import type { ReloadBody } from '../../debug-adapter/protocol.ts';

/** The question after a save. */
export function offerText(file: string, session: string, step: number): string {
  const where = step === 0 ? 'from the beginning' : `up to step ${step}`;
  return `${basename(file)} has changed. Run ${session} again ${where} with the new code?`;
}

/** What to tell after a reload. */
export function outcomeText({ step, diverged }: ReloadBody): string {
  if (diverged === undefined) {
    return `Reloaded: the new code makes the same ${step} step${step === 1 ? '' : 's'}.`;
  }
  const { step: at, was, is } = diverged;
  return `Reloaded: history takes another course at step ${at}. It was "${was}", now it is "${is}".`;
}
