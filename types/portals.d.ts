/// <reference path="./values.d.ts" />
/// <reference path="./elements.d.ts" />
/// <reference path="./context.d.ts" />
/// <reference path="./tasks.d.ts" />
/// <reference path="./flow.d.ts" />
/// <reference path="./builder.d.ts" />
/// <reference path="./actors.d.ts" />

/**
 * The programming model of portal apps: the module `portals`, and the global `PortalsJS` that is
 * the same. The debugger and the command line provide both; nothing is to be installed.
 */
declare module 'portals' {
  /** Runs launched applications. */
  export interface System {
    /**
     * Launches an application, also while others run. A consumer of a stream that is running
     * already starts at its current end.
     */
    launch(application: Application): void;
    /** Lets one processing unit process one atom; `false` when there is nothing to do. */
    step(): boolean;
    /** Steps until there is nothing to do. */
    stepUntilComplete(): void;
    /** Ends the system: it steps no further. */
    shutdown(): void;
  }

  /** The programming interface of portal apps. */
  export interface PortalsApi {
    /** Builds an application; the path of each of its elements begins with `/NAME`. */
    ApplicationBuilder(name: string): ApplicationBuilder;
    /** A system: it runs what is launched on it, or else all that is launched on others. */
    System(): System;
    /**
     * A value of the task for each key, by name: call it in a handler, with its `ctx`. It is
     * `initial` as long as nothing was set.
     */
    PerKeyState<Value>(
      name: string,
      initial: Value,
      ctx: TaskContext<never> | ActorContext<never>,
    ): State<Settable<Value>>;
    /** A value of the task, shared by all keys. It is `initial` as long as nothing was set. */
    PerTaskState<Value>(
      name: string,
      initial: Value,
      ctx: TaskContext<never> | ActorContext<never>,
    ): State<Settable<Value>>;
    /** The events that the task has put aside under the current key. */
    Stash<Event = Untyped>(ctx: TaskContext<never>): Stash<Event>;
    /** Actors on top of the model. */
    readonly Actors: Actors;
  }

  export const PortalsJS: PortalsApi;
  export const ApplicationBuilder: PortalsApi['ApplicationBuilder'];
  export const System: PortalsApi['System'];
  export const PerKeyState: PortalsApi['PerKeyState'];
  export const PerTaskState: PortalsApi['PerTaskState'];
  export const Stash: PortalsApi['Stash'];
  export const Actors: PortalsApi['Actors'];

  export default PortalsJS;
}

/** The programming model, for programs without imports. */
declare const PortalsJS: import('portals').PortalsApi;
