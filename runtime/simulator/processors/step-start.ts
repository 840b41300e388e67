import type { EnvironmentState } from '../../contracts/environment.ts';
import type { Transition } from './transition.ts';

/** A step to process, and the program's time and randomness at its start. */
export interface StepStart {
  readonly transition: Transition;
  readonly environment: EnvironmentState | undefined;
}
