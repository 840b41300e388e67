import type { RandomState } from '../contracts/environment.ts';

/**
 * A small deterministic random number generator, sfc32 by Chris Doty-Humphrey (PractRand), seeded
 * through splitmix32. Equal seeds give equal sequences on every machine: only 32-bit integer
 * operations are used.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 1;

  constructor(seed: number) {
    const next = splitmix32(seed);
    this.a = next();
    this.b = next();
    this.c = next();
    // The first outputs of sfc32 still show the seed.
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `bound - 1`; `bound` is at least 1. */
  below(bound: number): number {
    return Math.floor((this.uint32() / 4294967296) * bound);
  }

  /** A number in [0, 1) with 53 random bits, as `Math.random` gives. */
  unit(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  save(): RandomState {
    return [this.a, this.b, this.c, this.d];
  }

  restore(state: RandomState): void {
    [this.a, this.b, this.c, this.d] = state;
  }
}

function splitmix32(seed: number): () => number {
  // A fractional or large seed contributes all its bits.
  let word = (seed ^ Math.floor(seed / 4294967296) ^ Math.floor((seed % 1) * 4294967296)) | 0;
  return () => {
    word = (word + 0x9e3779b9) | 0;
    let mixed = word ^ (word >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
