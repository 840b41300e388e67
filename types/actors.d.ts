declare module 'portals' {
  // biome-ignore lint/complexity/noUselessEmptyExport: without it, what follows is all exported
  export {};

  const MESSAGE: unique symbol;

  /**
   * The name of an actor that takes messages of type `Message`. It is data: it can be sent and kept
   * in state. Compare references by their keys.
   */
  export interface ActorReference<in Message = Untyped> {
    /** The actor's key: `root`, `$1`, `$2`, …, or what was given to `Actors.ref`. */
    readonly key: Key;
    /** The key as text. */
    toString(): string;
    readonly [MESSAGE]: (message: Message) => void;
  }

  /** What an actor does with its next message: `receive`, `init`, `same` or `stopped`. */
  export interface ActorBehaviour<in Message = Untyped> {
    readonly kind: 'receive' | 'init' | 'same' | 'stopped';
    readonly [MESSAGE]: (message: Message) => void;
  }

  /** What the handlers of an actor get as `ctx`. */
  export interface ActorContext<in Message = Untyped> {
    /** The actor itself. */
    readonly self: ActorReference<Message>;
    /** The application's log. */
    readonly log: {
      /** Logs `String(message)` under the path of the actors' task, when the atom commits. */
      info(...message: unknown[]): void;
    };
    /** Sends a message. One that comes before its actor is created is kept for it. */
    send<Other>(actor: ActorReference<Other>, message: NoInfer<Other>): void;
    /**
     * Creates an actor and returns its reference: a fresh one, or `actor`.
     *
     * An actor that exists cannot be created again: PORTALS_ACTOR_EXISTS.
     */
    create<Other>(
      behaviour: ActorBehaviour<Other>,
      actor?: ActorReference<Other>,
    ): ActorReference<Other>;
    /** Emits an event on the stream of the actor workflow, under the actor's key. */
    emit(event: unknown): void;
  }

  /** A map of an actor. */
  export interface MapState<in out MapKey, in out Value> {
    /** The value under `key`, or `undefined`. */
    get(key: MapKey): Value | undefined;
    /** Puts `value` under `key`. */
    set(key: MapKey, value: Value): void;
    /** Takes the value under `key` away. */
    del(key: MapKey): void;
    /** Whether there is a value under `key`. */
    has(key: MapKey): boolean;
    /** How many values there are. */
    size(): number;
    /** Keys and values, in order of first setting. */
    entries(): [key: MapKey, value: Value][];
  }

  /** The event that brings a message to an actor; made by `Actors.message`. */
  export interface ActorMessage {
    /** Whom it is for. */
    readonly to: ActorReference<never>;
    /** What is brought. */
    readonly message: unknown;
  }

  /** A workflow of actors. */
  export interface ActorWorkflow<in Message, out Emitted> {
    readonly kind: 'actors';
    /** `/APP/workflows/NAME` */
    readonly path: string;
    /** The actor it begins with. */
    readonly root: ActorReference<Message>;
    /** Connect streams of `Actors.message(ref, message)` to this. */
    readonly sequencer: Sequencer<ActorMessage>;
    /** What actors emit. Read it before `builder.build()`: it adds a workflow that collects it. */
    readonly stream: AtomicStream<Emitted>;
  }

  /** What a handler of messages returns: the next behaviour, or nothing to keep this one. */
  // biome-ignore lint/suspicious/noConfusingVoidType: handlers often return nothing at all
  export type Next<Message> = ActorBehaviour<Message> | undefined | void;

  /**
   * `PortalsJS.Actors`: actors on a cyclic workflow, as exactly-once and deterministic as the rest.
   */
  export interface Actors {
    /**
     * Adds a workflow of actors to `builder`, beginning with one actor of `behaviour`. Elements
     * `NAME` are added: a generator, a sequencer and a workflow, connected in a cycle.
     */
    ActorWorkflow<Message = Untyped, Emitted = Untyped>(
      name: string,
      behaviour: ActorBehaviour<Message>,
      builder: ApplicationBuilder,
    ): ActorWorkflow<Message, Emitted>;
    /** Handles each message: `ctx => message => behaviour`. Say which: `receive<Message>(…)`. */
    receive<Message = Untyped>(
      handler: (ctx: ActorContext<Message>) => (message: Message) => Next<Message>,
    ): ActorBehaviour<Message>;
    /** Makes the behaviour once, when the actor is created or turns to this behaviour. */
    init<Message = Untyped>(
      factory: (ctx: ActorContext<Message>) => ActorBehaviour<Message>,
    ): ActorBehaviour<Message>;
    /** Keeps the behaviour. */
    readonly same: ActorBehaviour<unknown>;
    /** Ends the actor: its state is deleted, and later messages to it are dropped. */
    readonly stopped: ActorBehaviour<unknown>;
    /** The actor that goes by `key`, existing or to be created. */
    ref<Message = Untyped>(key: Key): ActorReference<Message>;
    /** The event that brings `message` to `actor`, for a stream connected to its sequencer. */
    message<Other>(actor: ActorReference<Other>, message: NoInfer<Other>): ActorMessage;
    /** A value of the actor that handles. */
    ValueState<Value>(
      name: string,
      initial: Value,
      ctx: ActorContext<never>,
    ): State<Settable<Value>>;
    /** A map of the actor that handles. */
    MapState<MapKey = Untyped, Value = Untyped>(
      name: string,
      ctx: ActorContext<never>,
    ): MapState<MapKey, Value>;
  }
}
