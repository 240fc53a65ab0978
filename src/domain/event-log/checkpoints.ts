import { channel } from 'node:diagnostics_channel';

/**
 * Named moments in the life of a change. They cost nothing unless somebody subscribes: tracing does, and the fault
 * tests, which kill the process there.
 */
export const checkpoints = {
  beforeCommit: channel('concierge:before-commit'),
  afterCommit: channel('concierge:after-commit'),
} as const;
