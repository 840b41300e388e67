/** Numbers breakpoints of every kind, so that no two of a session have the same. */
export class BreakpointIds {
  private last = 0;

  next(): number {
    return ++this.last;
  }
}
