import { type Environment, EPOCH_MS } from './environment.ts';
import { define, type Realm } from './realm.ts';

/** `Math.random` from the seeded generator. */
export function virtualRandom(realm: Realm, environment: Environment): void {
  define(realm.Math, 'random', () => environment.drawUnit());
}

/** `performance`, reduced to reading virtual time. */
export function virtualPerformance(realm: Realm, environment: Environment): void {
  define(realm, 'performance', {
    timeOrigin: EPOCH_MS,
    now: () => environment.readClock() - EPOCH_MS,
  });
}
