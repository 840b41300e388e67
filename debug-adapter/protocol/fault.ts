/**
 * Faults in messages: plain objects, validated on arrival. Text is parsed where a user has written
 * it, and made where a user reads it.
 */
import * as z from 'zod/mini';
import { isFault, parseFault } from '../../runtime/contracts/fault.ts';
import { PROTOCOL_POINTS } from '../../runtime/contracts/protocol-points.ts';
import type { Fault } from '../../runtime/index.ts';

export { formatFault, parseFault } from '../../runtime/contracts/fault.ts';

/** A fault. */
export const fault = z.custom<Fault>(isFault, 'must be a fault: kind, target, point, occurrence');

/** A point of the commit protocol. */
export const protocolPoint = z.enum(PROTOCOL_POINTS);

/** A fault as a user writes it, `crash:TARGET@POINT#N`. */
export const faultText = z.pipe(
  z.string(),
  z.transform((text, { issues }): Fault => {
    try {
      return parseFault(text);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      issues.push({ code: 'custom', message, input: text });
      return z.NEVER;
    }
  }),
);
