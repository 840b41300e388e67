/// <reference path="./portals.d.ts" />

// For programs in JavaScript, which cannot write types at every call: what they do not say is `any`.
declare module 'portals' {
  interface TypeOptions {
    // biome-ignore lint/suspicious/noExplicitAny: the one place that says so
    readonly untyped: any;
  }
}
