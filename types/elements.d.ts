declare module 'portals' {
  // biome-ignore lint/complexity/noUselessEmptyExport: without it, what follows is all exported
  export {};

  // Only for the type checker: what a reference stands for. No reference has these properties.
  const EVENT: unique symbol;
  const ACCEPTED: unique symbol;
  const REQUEST: unique symbol;
  const REPLY: unique symbol;

  /** What all references have. They are immutable: they can be kept in state and sent. */
  export interface Reference {
    /** The identity of the element, such as `/shop/workflows/cart/stream`. */
    readonly path: string;
  }

  /**
   * A totally ordered log of atoms, with one producer and any number of consumers. Get one from
   * the `.stream` of a generator, workflow or sequencer, from `splits.split(…)`, or by its path from
   * `registry.streams.get(…)`.
   */
  export interface AtomicStream<out Event> extends Reference {
    readonly kind: 'stream';
    readonly [EVENT]: Event;
  }

  /** A generator: an atomic stream made from data. */
  export interface Generator<out Event> extends Reference {
    readonly kind: 'generator';
    /** What it generates; sealed at its end. */
    readonly stream: AtomicStream<Event>;
  }

  /** A frozen workflow. */
  export interface Workflow<out Event> extends Reference {
    readonly kind: 'workflow';
    /** What reaches its sink. */
    readonly stream: AtomicStream<Event>;
  }

  /** Merges the atoms of the streams connected to it into one stream, in an order it chooses. */
  export interface Sequencer<in out Event> extends Reference {
    readonly kind: 'sequencer';
    /** The merged atoms; never sealed, since further streams may be connected. */
    readonly stream: AtomicStream<Event>;
    readonly [ACCEPTED]: (event: Event) => void;
  }

  /** Routes each event of a stream to the first of its splits that accepts it. */
  export interface Splitter<out Event> extends Reference {
    readonly kind: 'splitter';
    readonly [EVENT]: Event;
  }

  /**
   * A named mailbox: any number of tasks ask, exactly one task replies. `Request` is what is
   * asked, `Reply` what comes back.
   */
  export interface Portal<in Request, out Reply> extends Reference {
    readonly kind: 'portal';
    readonly [REQUEST]: (request: Request) => void;
    readonly [REPLY]: Reply;
  }

  /** A portal of any requests and replies. */
  export type AnyPortal = Portal<never, unknown>;
  /** One portal or several. */
  export type Portals<P extends AnyPortal = AnyPortal> = P | readonly P[];
  /** What `P` is asked. */
  export type RequestOf<P> = P extends Portal<infer Request, unknown> ? Request : never;
  /** What is replied to `P`. */
  export type ReplyOf<P> = P extends Portal<never, infer Reply> ? Reply : never;

  /** What `builder.build()` returns, for `System().launch(…)`: immutable. */
  export interface Application {
    /** As given to `ApplicationBuilder`. */
    readonly name: string;
    /** `/NAME` */
    readonly path: string;
  }
}
