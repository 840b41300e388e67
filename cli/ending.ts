import {
  locateFunctions,
  type Program,
  type RecentSteps,
  reportLeftovers,
} from '../program/index.ts';
import type { Report } from './report.ts';

/** Reports how a run has ended: what keeps an endless one going, and what it leaves undone. */
export function reportEnd({ runtime }: Program, recent: RecentSteps, report: Report): void {
  const { inspect } = runtime.simulator;
  if (recent.hitLimit) {
    const isEndless = inspect.enabled().length > 0;
    report.stopped(inspect, isEndless ? recent.activity(inspect.topology()) : undefined);
  }
  report.leftovers(reportLeftovers(inspect, locateFunctions));
  report.done(inspect);
}
