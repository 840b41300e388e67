import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/** The processes that a process has started; none where the system does not say. */
export function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  return tasksOf(pid).flatMap((task) => {
    const text = readFileSync(`${tasks}/${task}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  });
}

/** How many threads a process has; 0 where the system does not say. */
export function threadsOf(pid: number): number {
  return tasksOf(pid).length;
}

/** Resolves when a process has at most `count` threads. */
export async function fewThreads(pid: number, count: number): Promise<void> {
  while (threadsOf(pid) > count) await sleep(POLL_MS);
}

/** Resolves when all of the processes have ended. */
export async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await sleep(POLL_MS);
}

/** A process stays in the list until its parent reads its exit code. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function tasksOf(pid: number): string[] {
  return process.platform === 'linux' ? readdirSync(`/proc/${pid}/task`) : [];
}
