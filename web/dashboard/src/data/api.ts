import { createApi, type Shape } from '../../../client/rest/client.js';
import { DESK_URL } from '../../../shared/desk-url.js';
import { session } from './session/session.js';

export { accepted, answer, type Shape } from '../../../client/rest/client.js';

export const api = createApi({ url: DESK_URL, token: session.token });

export type Ticket = Shape<'StaffTicketResponse'>;
export type BoardTicket = Shape<'BoardTicketResponse'>;
export type Dashboard = Shape<'DashboardResponse'>;
export type Message = Shape<'StaffMessageResponse'>;
export type WaitingCallRequest = Shape<'WaitingCallRequestResponse'>;
export type StaffMember = Shape<'StaffMemberResponse'>;
export type StaffRecord = Shape<'StaffRecordResponse'>;
export type AuditEntry = Shape<'AuditEntryResponse'>;
export type BulkResult = Shape<'BulkResultResponse'>;

/** Staff read the staff's response; the route also describes the donor's. */
export const asStaffTicket = (ticket: unknown): Ticket => ticket as Ticket;
export const asStaffMessage = (message: unknown): Message => message as Message;
