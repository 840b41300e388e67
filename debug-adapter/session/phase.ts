/**
 * Where a session stands:
 *
 *     created ─launch─► starting ─configurationDone─► running ◄──► stopped
 *                           │                            │            │
 *                           └────────────────────────────┴────────────┴──► ended
 */
export type Phase = 'created' | 'starting' | 'running' | 'stopped' | 'ended';
