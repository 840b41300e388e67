import { captureCallSite } from '../contracts/call-site.ts';
import type { PrintLevel } from '../contracts/environment.ts';
import type { Engine } from './engine.ts';

/** Writes what the program prints: within a step as part of it, otherwise at once. */
export function printerOf(engine: Engine): (text: string, level?: PrintLevel) => void {
  return (text, level = 'stdout') => {
    const site = engine.instrumented ? captureCallSite() : undefined;
    const line = {
      kind: 'output',
      text,
      ...(level === 'stderr' && { level }),
      ...(site === undefined ? {} : { site }),
    } as const;
    const about = { ...line, step: engine.stepIndex, attempt: engine.attempt };
    if (engine.phase !== 'processing') {
      engine.notify({ ...about, outside: true });
    } else {
      engine.effects.addLine(line);
      if (engine.instrumented) engine.notify(about);
    }
  };
}
