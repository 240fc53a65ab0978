import { createApi, type Shape } from '../../../client/rest/client.js';
import { DESK_URL } from '../../../shared/desk-url.js';
import { session } from './session/session.js';

export { accepted, answer, type Shape } from '../../../client/rest/client.js';

export const api = createApi({ url: DESK_URL, token: session.token });

export type Ticket = Shape<'StaffTicketShape'>;
export type BoardTicket = Shape<'BoardTicketShape'>;
export type Dashboard = Shape<'DashboardShape'>;
export type Message = Shape<'MessageShape'>;
export type Call = Shape<'StaffCallShape'>;
export type WaitingCallRequest = Shape<'WaitingCallRequestShape'>;
export type StaffMember = Shape<'StaffMember'>;
export type StaffRecord = Shape<'StaffRecord'>;
export type AuditEntry = Shape<'AuditEntryShape'>;
export type BulkResult = Shape<'BulkResultShape'>;

/** Staff read the staff shape; the route's answer also describes the donor's. */
export const asStaffTicket = (ticket: unknown): Ticket => ticket as Ticket;
