import type { Handler, HandlerContext, MarkerHandler } from '../../application/handlers.ts';
import type { OperatorOutput } from '../../application/operator.ts';
import { taskOf } from '../context.ts';
import { OPERATORS } from './table.ts';

interface Handlers {
  readonly onNext: Handler;
  readonly onRequest?: Handler | undefined;
  readonly onAtomComplete?: MarkerHandler | undefined;
  readonly onComplete?: MarkerHandler | undefined;
  readonly onError?: Handler | undefined;
  /** The operator's own bookkeeping after each source atom. */
  readonly endAtom?: MarkerHandler | undefined;
  /** How deep stepping operators are nested in this one. */
  readonly stepDepth?: number;
}

/** An operator as tasks run it: its handlers, whatever it was composed of. Immutable. */
export class CompiledOperator {
  readonly output: OperatorOutput;
  readonly onNext: Handler;
  readonly onRequest: Handler | undefined;
  readonly onAtomComplete: MarkerHandler | undefined;
  readonly onComplete: MarkerHandler | undefined;
  readonly onError: Handler | undefined;
  readonly endAtom: MarkerHandler | undefined;
  readonly stepDepth: number;
  /** Whether handlers cannot emit by themselves, since none of them gets a context. */
  readonly contextFree: boolean;

  constructor(output: OperatorOutput, handlers: Handlers, contextFree = false) {
    this.output = output;
    this.onNext = handlers.onNext;
    this.onRequest = handlers.onRequest;
    this.onAtomComplete = handlers.onAtomComplete;
    this.onComplete = handlers.onComplete;
    this.onError = handlers.onError;
    this.endAtom = handlers.endAtom;
    this.stepDepth = handlers.stepDepth ?? 0;
    this.contextFree = contextFree;
  }

  /** This operator with some handlers replaced. */
  with(handlers: Partial<Handlers>, output: OperatorOutput = this.output): CompiledOperator {
    return new CompiledOperator(output, { ...this, ...handlers });
  }

  /** The event handler in the form of a processor: it emits by itself, whatever its output is. */
  readonly process: Handler = (ctx: HandlerContext) => {
    const handler = this.onNext(ctx);
    const { check, publish } = OPERATORS[this.output];
    return (value) => {
      const task = taskOf(ctx);
      const result = handler(value);
      check(task, result, 0);
      publish(task, value, result);
      return result;
    };
  };
}
