import { OPEN_STATUSES } from '../../../../src/contract/ticket-status.js';
import type { Ticket } from './api.js';
import type { StaffUser } from './session/session.js';

export interface Permissions {
  readonly accept: boolean;
  /** Somebody else owns it; a super admin may take it all the same. */
  readonly takeOver: boolean;
  readonly transfer: boolean;
  /** Leave it to the team. */
  readonly handBack: boolean;
  readonly resolve: boolean;
  readonly close: boolean;
  readonly cancel: boolean;
  readonly reopen: boolean;
  readonly call: boolean;
  readonly remind: boolean;
  readonly write: boolean;
  /** Permanently, with everything that was said. */
  readonly remove: boolean;
}

/** Deleting tickets, one or many, is for super admins. */
export const mayDelete = (me: StaffUser): boolean => me.role === 'SUPER_ADMIN';

/** Which buttons make sense on a ticket; the server decides in the end. */
export function permissionsOn({ status, adminId, activeCallId }: Ticket, me: StaffUser): Permissions {
  const open = OPEN_STATUSES.some((open) => open === status);
  const mine = adminId === me.id;
  const mayHandOver = adminId === null || mine || me.role === 'SUPER_ADMIN';
  return {
    accept: open && (adminId === null || (mine && status === 'transferred')),
    takeOver: open && adminId !== null && !mine && me.role === 'SUPER_ADMIN',
    transfer: open && mayHandOver,
    handBack: open && adminId !== null && mayHandOver && status !== 'active_call',
    resolve: open,
    close: open || status === 'resolved',
    cancel: open && status !== 'active_call',
    reopen: !open,
    call: open && activeCallId === null,
    remind: open && status !== 'active_call',
    write: status !== 'closed' && status !== 'cancelled',
    remove: mayDelete(me),
  };
}
