import type { NotificationGroup } from '../../contract/notifications.js';
import type { TicketEventType } from '../../contract/events/event-types.js';
import type { TicketStatus } from '../../contract/ticket-status.js';
import type { DurableEvent } from '../../domain/event-log/durable-reactions.js';
import type { KnownFacts } from '../../domain/event-log/ticket-event.js';

export const NOTIFICATION_KINDS = [
  'new_ticket',
  'assigned',
  'transferred',
  'donor_message',
  'staff_reply',
  'call_requested',
  'call_missed',
  'callback_wanted',
  'call_accepted',
  'call_declined',
  'call_started',
  'resolved',
  'closed',
  'reminder',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** `owner or team`: the owner of the ticket, and while nobody has it, staff of its team who are available. */
export type Who = 'donor' | 'new owner' | 'team' | 'owner or team';

/** What makes a notification needless by the time it would go out. */
export type Unless = 'looking at the ticket' | 'read meanwhile' | 'moved on' | 'never';

export interface Rule {
  kind: NotificationKind;
  on: TicketEventType;
  /** Which of these events are meant, in words and in code. */
  only?: { words: string; test: (event: DurableEvent) => boolean };
  who: Who;
  /** Where staff switch it on and off; donors have no settings but their mail's unsubscribe link. */
  group: NotificationGroup | null;
  /** `rings`: about a request for a call, and worth nothing once that no longer waits. */
  push?: { unless: Unless; urgent?: boolean; rings?: boolean };
  /** `later` waits for MAIL_DELAY, in which the person may come back. */
  mail?: { when: 'at once' | 'later'; unless: Unless };
}

const byDonor = { words: 'from the donor', test: (event: DurableEvent) => event.actorType === 'donor' };
const byStaff = { words: 'by staff', test: (event: DurableEvent) => event.actorType === 'admin' };
const LOOKING = 'looking at the ticket';
const UNREAD = 'read meanwhile';

/**
 * Who is notified of what, by which channel, and when not. Never the one who did it. Quiet hours and switched-off groups
 * are staff's own settings. What happens in the dashboard while it is open is the dashboard's business (`browser`).
 */
export const RECIPIENTS: readonly Rule[] = [
  {
    kind: 'new_ticket',
    on: 'ticket.created',
    who: 'team',
    group: 'new_ticket',
    push: { unless: LOOKING },
    mail: { when: 'at once', unless: LOOKING },
  },
  {
    kind: 'assigned',
    on: 'ticket.assigned',
    who: 'new owner',
    group: 'assigned',
    push: { unless: LOOKING },
    mail: { when: 'at once', unless: LOOKING },
  },
  {
    kind: 'transferred',
    on: 'ticket.transferred',
    who: 'new owner',
    group: 'assigned',
    push: { unless: LOOKING },
    mail: { when: 'at once', unless: LOOKING },
  },
  {
    kind: 'donor_message',
    on: 'message.posted',
    only: byDonor,
    who: 'owner or team',
    group: 'reply',
    push: { unless: LOOKING },
    mail: { when: 'later', unless: UNREAD },
  },
  {
    kind: 'staff_reply',
    on: 'message.posted',
    only: { words: 'by staff, no notes', test: byStaff.test },
    who: 'donor',
    group: null,
    push: { unless: LOOKING },
    mail: { when: 'later', unless: UNREAD },
  },
  {
    kind: 'call_requested',
    on: 'call.requested',
    who: 'owner or team',
    group: 'call',
    push: { unless: LOOKING, urgent: true, rings: true },
  },
  {
    kind: 'call_missed',
    on: 'call.expired',
    who: 'owner or team',
    group: 'call',
    push: { unless: LOOKING },
    mail: { when: 'at once', unless: LOOKING },
  },
  {
    kind: 'callback_wanted',
    on: 'ticket.updated',
    only: { words: 'by the donor, who asks for a callback', test: isCallbackWanted },
    who: 'owner or team',
    group: 'call',
    push: { unless: LOOKING },
  },
  {
    kind: 'call_accepted',
    on: 'call.accepted',
    who: 'donor',
    group: null,
    push: { unless: LOOKING, urgent: true },
  },
  { kind: 'call_declined', on: 'call.rejected', who: 'donor', group: null, push: { unless: LOOKING } },
  {
    kind: 'call_started',
    on: 'call.started',
    only: byStaff,
    who: 'donor',
    group: null,
    push: { unless: LOOKING, urgent: true },
  },
  {
    kind: 'resolved',
    on: 'ticket.status_changed',
    only: movedTo('resolved'),
    who: 'donor',
    group: null,
    push: { unless: LOOKING },
    mail: { when: 'later', unless: 'moved on' },
  },
  {
    kind: 'closed',
    on: 'ticket.status_changed',
    only: movedTo('closed'),
    who: 'donor',
    group: null,
    push: { unless: LOOKING },
  },
  {
    kind: 'reminder',
    on: 'ticket.reminded',
    who: 'donor',
    group: null,
    push: { unless: 'never' },
    mail: { when: 'at once', unless: 'never' },
  },
];

/** Hoisted: the table comes first. */
function movedTo(status: TicketStatus): NonNullable<Rule['only']> {
  const test = (event: DurableEvent) =>
    event.type === 'ticket.status_changed' && event.actorType === 'admin' && event.data.to === status;
  return { words: `to ${status}, by staff`, test };
}

function isCallbackWanted(event: DurableEvent): boolean {
  return event.actorType === 'donor' && asksForCallback(event);
}

/** Whether a `ticket.updated` says by when the donor is to be called back. */
export function asksForCallback({ type, data }: KnownFacts): boolean {
  return type === 'ticket.updated' && typeof data.changes?.callbackDueAt === 'string';
}

/** Whether somebody waits for it at this moment: it rings, and overtakes what does not. */
export function isUrgent({ push }: Rule, channel: string): boolean {
  return channel === 'push' && push?.urgent === true;
}

/** Types of events that make a push ring. */
export const URGENT_EVENTS: ReadonlySet<TicketEventType> = new Set(
  RECIPIENTS.filter((rule) => isUrgent(rule, 'push')).map(({ on }) => on),
);

/** Types of events that anybody is notified of. */
export const NOTIFYING_EVENTS = [...new Set(RECIPIENTS.map(({ on }) => on))];

/** What is known of the ticket when the event is looked at. */
export interface TicketFacts {
  adminId: number | null;
  /** Staff of the ticket's team who are available; all who are when the team has nobody. */
  team: readonly number[];
}

export type Person = 'donor' | number;

/** One person to notify by the rule's channels. */
export interface Recipient {
  rule: Rule;
  person: Person;
}

/** Pure: who is to be notified of an event. Conditions that change with time (`unless`) are asked when it goes out. */
export function recipientsOf(event: DurableEvent, ticket: TicketFacts): Recipient[] {
  const rules = RECIPIENTS.filter(({ on, only }) => on === event.type && (only?.test(event) ?? true));
  return rules.flatMap((rule) =>
    peopleOf(rule.who, event, ticket)
      .filter((person) => !isActor(person, event))
      .map((person) => ({ rule, person })),
  );
}

function peopleOf(who: Who, event: DurableEvent, { adminId, team }: TicketFacts): readonly Person[] {
  const owner = adminId === null ? [] : [adminId];
  switch (who) {
    case 'donor':
      return ['donor'];
    case 'new owner':
      return newOwner(event);
    case 'team':
      return team;
    case 'owner or team':
      return adminId === null ? team : owner;
  }
}

function newOwner({ type, data }: DurableEvent): readonly number[] {
  if (type === 'ticket.transferred') return [data.toAdminId];
  return type === 'ticket.assigned' && data.to !== null ? [data.to] : [];
}

function isActor(person: Person, { actorType, actorId }: DurableEvent): boolean {
  return person === 'donor' ? actorType === 'donor' : actorType === 'admin' && actorId === String(person);
}

/** The rule of a kind. */
export function ruleOf(kind: string): Rule {
  const rule = RECIPIENTS.find((known) => known.kind === kind);
  if (rule === undefined) throw new Error(`there is no notification of kind ${kind}`);
  return rule;
}

/** The table as docs/notifications.md shows it. */
export function recipientsAsMarkdown(): string {
  const rows = RECIPIENTS.map(({ kind, on, only, who, group, push, mail }) => {
    const event = only === undefined ? `\`${on}\`` : `\`${on}\` ${only.words}`;
    const pushes = push === undefined ? '–' : `${mannerOf(push)}${unless(push.unless)}`;
    const mails = mail === undefined ? '–' : `${mail.when}${unless(mail.unless)}`;
    return `| \`${kind}\` | ${event} | ${who} | ${pushes} | ${mails} | ${group === null ? '–' : `\`${group}\``} |`;
  });
  return [
    '| Notification | Event | Who | Push | Mail | Setting |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function mannerOf({ urgent = false, rings = false }: NonNullable<Rule['push']>): string {
  if (rings) return 'urgent, while it rings';
  return urgent ? 'urgent' : 'yes';
}

function unless(condition: Unless): string {
  return condition === 'never' ? '' : `, unless ${condition}`;
}
