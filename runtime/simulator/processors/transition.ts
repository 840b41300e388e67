import type { Choice } from '../../contracts/choice.ts';
import type { Path } from '../../contracts/paths.ts';
import type { OnFailure } from '../../tasks/workflow-runner.ts';
import type { Atom, AtomicStream } from './atomic-stream.ts';

/** An atom to append to a stream when the step is aligned. */
export interface Output {
  readonly stream: AtomicStream;
  readonly atom: Atom;
}

/** The order in which the `drain` schedule prefers transitions. */
export type Priority = 'portal' | 'workflow' | 'sequencer' | 'splitter' | 'generator';

/**
 * One thing a processing unit may do: process one atom of one of its inputs. A unit has the same
 * few transitions for its whole life; at any time some of them are ready.
 */
export interface Transition {
  readonly unit: Path;
  readonly priority: Priority;
  /** The stream or portal it takes from; a generator takes from none. */
  readonly input: Path | undefined;
  /** Whether the unit could make this transition now. */
  ready(): boolean;
  /** Whether it has to wait until no other is ready: a seal that would come too early. */
  deferred(): boolean;
  /**
   * For messages of a portal, when they arrived: a portal's messages are taken first come, first
   * served by the `drain` schedule. For others 0.
   */
  arrivalOrder(): number;
  /** Consumes the input and processes it; returns what is to be appended. */
  run(onFailure: OnFailure): readonly Output[];
  describe(): Choice;
}

/** A processing unit: the transitions it can make. */
export interface Unit {
  readonly path: Path;
  readonly kind: 'generator' | 'workflow' | 'sequencer' | 'splitter';
  readonly transitions: readonly Transition[];
  readonly sealed: boolean;
}
