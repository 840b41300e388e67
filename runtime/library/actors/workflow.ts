import type { SequencerReference, StreamReference } from '../../application/references.ts';
import { ApplicationBuilder } from '../../builder/application-builder.ts';
import type * as api from '../../contracts/authors-api.ts';
import { PortalsError } from '../../contracts/errors.ts';
import type { Path } from '../../contracts/paths.ts';
import { SHARED } from '../../values/isolate.ts';
import { type ActorBehaviour, expectBehaviour } from './behaviour.ts';
import { Creation, Emission, Message } from './messages.ts';
import { ActorReference } from './reference.ts';
import { actorTask } from './task.ts';

/** The key of the actor that an actor workflow begins with. */
const ROOT_KEY = 'root';

/**
 * A workflow of actors: a cycle, so that what actors send comes back as events of later atoms.
 *
 * ```
 *   generator NAME ──► sequencer NAME ──► workflow NAME ──┬─► workflow NAME-emitted ─► stream
 *   (creates the root)      ▲                             │
 *                           └─────────────────────────────┘
 * ```
 */
export class ActorWorkflow<Message = unknown, Emitted = unknown>
  implements api.ActorWorkflow<Message, Emitted>
{
  get [SHARED](): true {
    return true;
  }
  readonly kind = 'actors';
  readonly path: Path;
  /** The actor that the workflow begins with. */
  readonly root: ActorReference<Message>;
  /** Where streams of `Actors.message(ref, message)` can be connected. */
  readonly sequencer: SequencerReference<api.ActorMessage>;
  readonly #builder: ApplicationBuilder;
  readonly #name: string;
  readonly #messages: StreamReference;
  #emitted: StreamReference<Emitted> | undefined;

  constructor(name: string, behaviour: ActorBehaviour, builder: ApplicationBuilder) {
    this.#builder = builder;
    this.#name = name;
    this.sequencer = builder.sequencersWithName(name).random<api.ActorMessage>();
    const workflow = builder
      .workflowsWithName(name)
      .source(this.sequencer.stream)
      .key(receiverOf)
      .withName('receiver')
      .task<api.ActorMessage>(actorTask)
      .withName('actors')
      .sink()
      .freeze();
    this.path = workflow.path;
    this.#messages = workflow.stream;
    this.root = new ActorReference<Message>(ROOT_KEY, this.path);
    const start = builder
      .generatorsWithName(name)
      .signal<api.ActorMessage>(new Creation(new ActorReference(ROOT_KEY, this.path), behaviour));
    builder.connectionsWithName(`${name}-start`).connect(start.stream, this.sequencer);
    builder.connectionsWithName(`${name}-messages`).connect(workflow.stream, this.sequencer);
  }

  /** What actors emit. A workflow that collects it is added when this is first read. */
  get stream(): StreamReference<Emitted> {
    this.#emitted ??= this.#builder
      .workflowsWithName(`${this.#name}-emitted`)
      .source(this.#messages)
      .flatMap<Emitted>(() => (event: unknown) => (event instanceof Emission ? [event.value] : []))
      .withName('values')
      .sink()
      .freeze().stream;
    return this.#emitted;
  }
}

/** Adds the actor workflow `name` to `builder`; it begins with one actor of `behaviour`. */
export function actorWorkflow<Message, Emitted>(
  name: unknown,
  behaviour: unknown,
  builder: unknown,
): ActorWorkflow<Message, Emitted> {
  if (typeof name !== 'string' || name === '') {
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      'ActorWorkflow expects a name first: ActorWorkflow(name, behaviour, builder)',
    );
  }
  const root = expectBehaviour(behaviour, 'the second argument of ActorWorkflow');
  if (builder instanceof ApplicationBuilder) {
    return new ActorWorkflow<Message, Emitted>(name, root, builder);
  }
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    'ActorWorkflow expects an application builder last: ActorWorkflow(name, behaviour, builder)',
  );
}

/** The key of the actor that an event is for; other events are for no actor. */
function receiverOf(event: unknown): unknown {
  return event instanceof Message || event instanceof Creation ? event.to.key : undefined;
}
