import { CONTENT, NEW_TICKET } from './operations.js';
import type { Load } from './contender.js';
import type { Seeded } from './seed.js';

type Requests = Load['requests'];

/** One route: what is sent to whom, what it must at least reach, and which rows it makes. */
export interface Workload {
  name: string;
  label: string;
  /** Smallest share of bare Express's requests a second; null where none is promised. */
  target: number | null;
  product: Requests;
  baseline: Requests;
  /** Counts the rows that it makes, one for each 2xx. */
  rows: string | null;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const API = '/api/v1';
const TICKETS = 'SELECT count(*)::int AS n FROM tickets';
// Rings that nobody answers leave lines of the system while other routes are measured.
const MESSAGES = "SELECT count(*)::int AS n FROM messages WHERE sender_type <> 'system'";

const post = (path: string, body: object, headers: Record<string, string> = {}): Requests[number] => ({
  method: 'POST',
  path,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});
const get = (path: string, headers: Record<string, string> = {}): Requests[number] => ({
  method: 'GET',
  path,
  headers,
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Every route of the bench; `admin` is the access token of the member of staff. */
export function workloads(seeded: Seeded, admin: string): Workload[] {
  return [...writes(seeded, admin), ...reads(seeded, admin)];
}

function writes({ donors, owned }: Seeded, admin: string): Workload[] {
  const message = { content: CONTENT };
  const withCall = { ...NEW_TICKET, callType: 'video' };
  return [
    {
      name: 'create',
      label: 'create a ticket (guest)',
      target: 0.6,
      product: [post(`${API}/tickets`, NEW_TICKET)],
      baseline: [post('/tickets', NEW_TICKET)],
      rows: TICKETS,
    },
    {
      name: 'create-call',
      label: 'create a ticket with a direct video call',
      target: null,
      product: [post(`${API}/tickets`, withCall)],
      baseline: [post('/tickets', withCall)],
      rows: TICKETS,
    },
    {
      name: 'post-donor',
      label: 'post a message (donor)',
      target: 0.6,
      product: donors.map(({ id, token }) => post(`${API}/tickets/${id}/messages`, message, bearer(token))),
      baseline: donors.map(({ id, sessionId }) =>
        post(`/tickets/${id}/messages`, message, { 'x-session': sessionId }),
      ),
      rows: MESSAGES,
    },
    {
      name: 'post-staff',
      label: 'post a message (staff)',
      target: 0.6,
      product: owned.map((id) => post(`${API}/tickets/${id}/messages`, message, bearer(admin))),
      baseline: owned.map((id) => post(`/tickets/${id}/messages`, message)),
      rows: MESSAGES,
    },
  ];
}

function reads({ any }: Seeded, admin: string): Workload[] {
  const staff = bearer(admin);
  return [
    {
      name: 'read',
      label: 'read a ticket (staff)',
      target: 0.6,
      product: any.map((id) => get(`${API}/tickets/${id}`, staff)),
      baseline: any.map((id) => get(`/tickets/${id}`)),
      rows: null,
    },
    {
      name: 'list',
      label: 'list of 20 (staff)',
      target: 0.5,
      product: [get(`${API}/tickets?limit=20`, staff)],
      baseline: [get('/tickets')],
      rows: null,
    },
    {
      name: 'dashboard',
      label: 'dashboard (staff)',
      target: null,
      product: [get(`${API}/tickets/dashboard`, staff)],
      baseline: [get('/tickets/dashboard')],
      rows: null,
    },
  ];
}
