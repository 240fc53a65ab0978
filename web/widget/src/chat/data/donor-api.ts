import type { Shape } from '../../../../client/rest/client.js';
import type { JoinedCall } from '../../../../shared/call/call.js';
import type { TokenSource } from '../../../../client/credentials.js';
import { Rest } from './rest.js';
import type { Ticket } from './thread.js';

export type Mode = 'text' | 'audio' | 'video' | 'callback';

export type NewTicket = Partial<Shape<'CreateTicketDto'>>;
export type CreatedTicket = Shape<'CreatedTicketResponse'>;
export interface FullTicket {
  readonly ticket: Ticket;
  readonly messages: Shape<'DonorMessageResponse'>[];
  readonly requests: Shape<'CallRequestResponse'>[];
}

/** Tickets shown in "your conversations", and messages after a gap that was too large. */
const LISTED = 50;
const MESSAGES_AFTER_RESET = 200;

/** What a donor asks of the server. Every method throws a `Failure` when it does not get it. */
export class DonorApi {
  readonly rest: Rest;

  constructor(url: string, token: TokenSource) {
    this.rest = new Rest(url, token);
  }

  tickets(): Promise<Ticket[]> {
    return this.rest.ask('GET', `/tickets?limit=${LISTED}`);
  }

  unread(): Promise<Shape<'DonorUnreadResponse'>> {
    return this.rest.ask('GET', '/me/unread');
  }

  /** Sent twice with the same key it is one ticket. */
  create(body: NewTicket, key: string): Promise<CreatedTicket> {
    return this.rest.ask('POST', '/tickets', { body, headers: { 'idempotency-key': key } });
  }

  async snapshot(id: string): Promise<FullTicket> {
    const path = `/tickets/${id}`;
    const [ticket, messages, requests] = await Promise.all([
      this.rest.ask<Ticket>('GET', path),
      this.rest.ask<FullTicket['messages']>('GET', `${path}/messages?limit=${MESSAGES_AFTER_RESET}`),
      this.rest.ask<FullTicket['requests']>('GET', `${path}/call-requests`),
    ]);
    return { ticket, messages, requests };
  }

  resolve(id: string, donorId: string): Promise<Ticket> {
    return this.rest.ask('PUT', `/tickets/${id}/donor/${encodeURIComponent(donorId)}/resolve`);
  }

  rate(id: string, rating: number, comment: string): Promise<Ticket> {
    return this.rest.ask('POST', `/tickets/${id}/rating`, { body: { rating, ...(comment && { comment }) } });
  }

  requestCall(id: string, mode: 'audio' | 'video', key: string): Promise<Shape<'CallRequestResponse'>> {
    const headers = { 'idempotency-key': key };
    return this.rest.ask('POST', `/tickets/${id}/call-requests`, { body: { mode }, headers });
  }

  cancelRequest(id: string): Promise<Shape<'CallRequestResponse'>> {
    return this.rest.ask('DELETE', `/call-requests/${id}`);
  }

  join(id: string): Promise<JoinedCall> {
    return this.rest.ask('POST', `/calls/${id}/join`);
  }

  endCall(id: string): Promise<Shape<'DonorCallResponse'>> {
    return this.rest.ask('POST', `/calls/${id}/end`);
  }
}
