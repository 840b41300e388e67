/** Optional abilities of the client, as its `initialize` request declares them. */
export class ClientCapabilities {
  /** Its console interprets ANSI escape sequences. */
  clearsConsole = false;
  /** It supports the `invalidated` event. */
  readsAgain = false;
  /**
   * It looks for a completion's `start` as if columns began at 0, whatever it says of columns, and
   * offers nothing whose characters are not found there (VS Code's `repl.ts`).
   */
  startsAt0 = false;
}
