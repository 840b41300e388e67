import { basename } from 'node:path';
import type { ReloadBody } from '../../debug-adapter/protocol.ts';

/** The question after a save. */
export function offerText(file: string, session: string, step: number): string {
  const where = step === 0 ? 'from the beginning' : `to step ${step}`;
  return `${basename(file)} changed. Rerun ${session} ${where} with the new code?`;
}

/** The message after a reload. */
export function outcomeText({ step, diverged }: ReloadBody): string {
  if (diverged === undefined) {
    return `Reloaded: the new code takes the same ${step} step${step === 1 ? '' : 's'}.`;
  }
  const { step: at, was, is } = diverged;
  return `Reloaded: the history differs from step ${at} on. Before: "${was}". Now: "${is}".`;
}
