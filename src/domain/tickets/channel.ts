import type { Channel } from '../../contract/ticket-fields.js';
import { invalidField } from '../../platform/http/errors/domain-error.js';
import type { Actor } from '../auth/actor.js';

/** The channels that a request may name; the others are for what receives email and Discord messages. */
export const CLAIMED_CHANNELS = ['widget', 'api', 'dashboard'] as const satisfies readonly Channel[];
export type ClaimedChannel = (typeof CLAIMED_CHANNELS)[number];

/** By which way something came: what its client says of itself, else `api`. Throws 400 when staff name the widget, or others the dashboard. */
export function channelOf(actor: Pick<Actor, 'kind'>, claimed: ClaimedChannel = 'api'): Channel {
  const isStaff = actor.kind === 'staff';
  if (claimed === 'dashboard' && !isStaff)
    throw invalidField('channel', 'Only staff write from the dashboard.');
  if (claimed === 'widget' && isStaff) throw invalidField('channel', 'Only donors write from the widget.');
  return claimed;
}
