export const PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The teams that every desk has; the desk's own list is GET /teams. */
export const TEAMS = ['GENERAL', 'TECHNICAL', 'MANAGER', 'ADMIN'] as const;
export type Team = (typeof TEAMS)[number];
/** Where new tickets go. */
export const DEFAULT_TEAM = 'GENERAL' satisfies Team;

/** By which way a ticket or a message came. */
export const CHANNELS = ['widget', 'api', 'email', 'discord', 'dashboard'] as const;
export type Channel = (typeof CHANNELS)[number];

export const CALL_TYPES = ['audio', 'video'] as const;
export type CallType = (typeof CALL_TYPES)[number];

export const CALL_STATUSES = ['active', 'ended'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

export const CALL_REQUEST_STATUSES = ['PENDING', 'ACCEPTED', 'REJECTED', 'CANCELLED', 'EXPIRED'] as const;
export type CallRequestStatus = (typeof CALL_REQUEST_STATUSES)[number];

/** What a ticket may be about on every desk; the desk's own list is GET /tickets/categories. */
export const TICKET_CATEGORIES = [
  'General question',
  'Donation problem',
  'Payment and refunds',
  'Receipts and tax',
  'Account and access',
  'Technical problem',
  'Volunteering and events',
  'Feedback',
] as const;
export type TicketCategory = (typeof TICKET_CATEGORIES)[number];

/** Upper bounds, in characters unless said otherwise; both faces show them and the server enforces them. */
export const LIMITS = {
  donorId: 255,
  email: 255,
  name: 120,
  subject: 200,
  description: 10_000,
  message: 10_000,
  transferNotes: 2_000,
  helpfulNotes: 2_000,
  donorNotes: 4_000,
  team: 20,
  category: 60,
  skill: 60,
  tag: 50,
  tags: 20,
  contextBytes: 4_096,
  clientMessageId: 100,
  callRequestMessage: 500,
  phone: 40,
  search: 200,
  bulk: 200,
} as const;
