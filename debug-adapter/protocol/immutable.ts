/**
 * The type of a message that a schema describes: no receiver changes it. Schemas themselves infer
 * mutable types, to which what the runtime reports could not be assigned.
 */
export type Immutable<Value> = unknown extends Value
  ? Value
  : Value extends string | number | boolean | undefined | null
    ? Value
    : { readonly [Field in keyof Value]: Immutable<Value[Field]> };
