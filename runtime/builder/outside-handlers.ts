/**
 * Refuses `call` while a handler runs: no rollback of its atom could undo it.
 *
 * @throws PortalsError PORTALS_HANDLER_REENTERED
 */
export type ExpectOutsideHandler = (call: string) => void;
