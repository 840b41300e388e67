import { isBefore, type Moment, type Notice } from '../../runtime/index.ts';

/** The steps that go back: to the stop before in the same kind of steps forward. */
export type BackStep = 'event' | 'atom';

interface Stand {
  readonly moment: Moment;
  /** Whether stepping by atoms stops there as well. */
  readonly betweenAtoms: boolean;
}

/** Where steps forward would have stopped lately: in the atom under way and the one before. */
export class StopHistory {
  private before: readonly Stand[] = [];
  private latest: Stand[] = [];
  /** Where the last handler was entered. */
  private lastHandler: Moment | undefined;

  onNotice(notice: Notice, moment: Moment): void {
    switch (notice.kind) {
      case 'boundary':
        if (!notice.next) return;
        this.before = this.latest;
        this.latest = [{ moment, betweenAtoms: true }];
        break;
      case 'crashed':
      case 'recovered':
      case 'rested':
        this.latest.push({ moment, betweenAtoms: true });
        break;
      case 'before-event':
        this.latest.push({ moment, betweenAtoms: false });
        break;
      case 'enter-handler':
        this.lastHandler = moment;
        break;
    }
  }

  /** Where the event under way at `moment`, or the last handler, began. */
  startOf(what: 'event' | 'handler', moment: Moment): Moment | undefined {
    if (what === 'handler') return this.lastHandler;
    const isStart = (stand: Stand) => !stand.betweenAtoms && !isBefore(moment, stand.moment);
    return this.latest.findLast(isStart)?.moment;
  }

  /** The last stop before `moment`; `undefined` at the beginning of what is known. */
  previous(moment: Moment, by: BackStep): Moment | undefined {
    const isStop = (stand: Stand) =>
      isBefore(stand.moment, moment) && (by === 'event' || stand.betweenAtoms);
    return (this.latest.findLast(isStop) ?? this.before.findLast(isStop))?.moment;
  }
}
