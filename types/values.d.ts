declare module 'portals' {
  /**
   * What the type checker assumes. Left alone, what a program does not say is `unknown`; the file
   * `scripts.d.ts` makes it `any`, for JavaScript, where types cannot be written at every call.
   */
  export interface TypeOptions {}

  /** The type of what a program does not say: of events emitted, say, or of a portal's replies. */
  export type Untyped = TypeOptions extends { readonly untyped: infer Assumed } ? Assumed : unknown;
  /** What may be emitted by the `ctx` of a handler whose result is what it emits. */
  export type UntypedEmission = TypeOptions extends { readonly untyped: infer Assumed }
    ? Assumed
    : never;

  /**
   * What events are keyed by. Events of one key are processed in order, and share the state of
   * `PerKeyState`. Objects may be keys at run time, too: they count by a hash of their contents.
   */
  export type Key = number | bigint | string;

  /** What a handler may return where its result is not used: anything but a promise. */
  export type NotAPromise =
    | undefined
    | null
    | boolean
    | number
    | bigint
    | string
    | symbol
    // biome-ignore lint/suspicious/noConfusingVoidType: handlers usually return nothing at all
    | void
    | (object & { then?: never });

  /** What a handler's result is: `Result`, unless that is a promise. */
  export type Synchronous<Result> =
    Result extends PromiseLike<unknown>
      ? 'handlers are synchronous: ask a portal and continue in ctx.await(future, ctx => …)'
      : Result;
}
