/** Who asks: a link, a donor of another ticket, the ticket's donor, an ADMIN who does not own it, a SUPER_ADMIN. */
export const PEOPLE = ['link', 'stranger', 'owner', 'admin', 'boss'] as const;
export type Who = (typeof PEOPLE)[number];

/** What a request is about, `session` being one of `user`; `{name}` in a path or a body stands for the value. */
export type Place =
  'ticket' | 'donor' | 'message' | 'staffMessage' | 'call' | 'request' | 'requested' | 'user' | 'session';

export interface Expectation {
  /** Path under the prefix, `{place}` for ids. */
  path: string;
  body?: Record<string, unknown>;
  /** The status each person gets, in the order of PEOPLE. */
  answers: readonly [link: number, stranger: number, owner: number, admin: number, boss: number];
  /** The route asks for credentials of its own and does not read Authorization. */
  ignoresToken?: true;
}

const own = (path: string, ok: number, body?: Record<string, unknown>, staff = ok): Expectation =>
  with_(path, [ok, 404, ok, staff, staff], body);
const staff = (path: string, ok: number, body?: Record<string, unknown>): Expectation =>
  with_(path, [401, 403, 403, ok, ok], body);
const super_ = (path: string, ok: number, body?: Record<string, unknown>): Expectation =>
  with_(path, [401, 403, 403, 403, ok], body);
const any = (path: string, ok: number, body?: Record<string, unknown>): Expectation =>
  with_(path, [ok, ok, ok, ok, ok], body);
const keyless = (path: string, status: number, body?: Record<string, unknown>): Expectation => ({
  ...any(path, status, body),
  ignoresToken: true,
});

function with_(path: string, answers: Expectation['answers'], body?: Record<string, unknown>): Expectation {
  return { path, answers, ...(body !== undefined && { body }) };
}

/** No row has this id. */
const UNUSED_ID = '00000000-0000-4000-8000-000000000000';

/** Who may do what, route by route. A route that the router has and this table has not fails the test. */
export const MATRIX: Record<string, Expectation> = {
  'POST tickets': with_('/tickets', [400, 201, 201, 201, 201], { subject: 'Xanadu' }),
  'GET tickets': with_('/tickets', [401, 200, 200, 200, 200]),
  'GET tickets/categories': any('/tickets/categories', 200),
  'GET tickets/dashboard': staff('/tickets/dashboard', 200),
  'GET tickets/:id': with_('/tickets/{ticket}', [401, 404, 200, 200, 200]),
  'PUT tickets/:id': staff('/tickets/{ticket}', 200, { subject: 'Changed' }),
  'PATCH tickets/:id': staff('/tickets/{ticket}', 200, { subject: 'Changed' }),
  'DELETE tickets/:id': super_('/tickets/{ticket}', 200),
  'PUT tickets/:id/assign': with_('/tickets/{ticket}/assign', [401, 403, 403, 409, 200], {
    adminId: '{user}',
  }),
  'POST tickets/:id/transfer': with_('/tickets/{ticket}/transfer', [401, 403, 403, 403, 200], {
    toAdminId: '{user}',
  }),
  'GET tickets/:id/transfers': staff('/tickets/{ticket}/transfers', 200),
  'PUT tickets/:id/resolve': staff('/tickets/{ticket}/resolve', 200),
  'PUT tickets/:id/close': staff('/tickets/{ticket}/close', 200),
  'PUT tickets/:id/reopen': staff('/tickets/{ticket}/reopen', 409),
  'PUT tickets/:id/cancel': staff('/tickets/{ticket}/cancel', 200),
  'POST tickets/bulk': staff('/tickets/bulk', 200, { ids: ['{ticket}'], action: 'close' }),
  'GET tickets/donor/:donorId': with_('/tickets/donor/{donor}', [401, 404, 200, 200, 200]),
  'GET tickets/:id/donor/:donorId': own('/tickets/{ticket}/donor/{donor}', 200),
  'PUT tickets/:id/donor/:donorId/resolve': own('/tickets/{ticket}/donor/{donor}/resolve', 200),
  'POST tickets/:id/rating': with_('/tickets/{ticket}/rating', [401, 404, 409, 403, 403], { rating: 5 }),
  'POST tickets/:id/reminder': staff('/tickets/{ticket}/reminder', 409),
  'GET tickets/:id/transcript': with_('/tickets/{ticket}/transcript?format=json', [401, 404, 200, 200, 200]),
  'POST tickets/:id/transcript': with_('/tickets/{ticket}/transcript', [401, 404, 409, 409, 409]),
  'GET tickets/:id/events': own('/tickets/{ticket}/events', 200),

  'GET tickets/:ticketId/messages': own('/tickets/{ticket}/messages', 200),
  // A link must say whom it speaks for: see messages.test.ts.
  'POST tickets/:ticketId/messages': with_('/tickets/{ticket}/messages', [401, 404, 201, 201, 201], {
    content: 'Xanadu',
  }),
  'PUT tickets/:ticketId/messages/:id': with_(
    '/tickets/{ticket}/messages/{message}',
    [401, 404, 200, 403, 403],
    { content: 'Changed' },
  ),
  'DELETE tickets/:ticketId/messages/:id': with_(
    '/tickets/{ticket}/messages/{staffMessage}',
    [401, 404, 403, 200, 200],
  ),
  'POST tickets/:ticketId/messages/mark-read': own(
    '/tickets/{ticket}/messages/mark-read',
    200,
    { senderType: 'admin' },
    403,
  ),
  'GET me/unread': with_('/me/unread', [401, 200, 200, 200, 200]),
  'GET messages/between/:userId1/:userId2': staff('/messages/between/{donor}/{user}', 200),
  'GET tickets/:ticketId/drafts': staff('/tickets/{ticket}/drafts', 200),
  'PUT tickets/:ticketId/drafts': staff('/tickets/{ticket}/drafts', 200, { kind: 'note', content: 'Xanadu' }),
  'POST tickets/:ticketId/notes': staff('/tickets/{ticket}/notes', 201, { content: 'Xanadu' }),

  'POST calls': own('/calls', 200, { ticketId: '{ticket}', callType: 'video', initiatedBy: 'donor' }, 403),
  'GET calls': staff('/calls', 200),
  'GET calls/ticket/:ticketId': own('/calls/ticket/{ticket}', 200),
  'GET calls/:id': own('/calls/{call}', 200),
  'PUT calls/:id': staff('/calls/{call}', 200, { status: 'ended' }),
  'POST calls/:id/end': own('/calls/{call}/end', 200),
  'POST calls/:id/join': own('/calls/{call}/join', 200),
  'DELETE calls/:id/room': staff('/calls/{call}/room', 200),

  'POST tickets/:id/call-requests': own('/tickets/{ticket}/call-requests', 200, { mode: 'audio' }, 403),
  'GET tickets/:id/call-requests': own('/tickets/{requested}/call-requests', 200),
  'POST tickets/:id/call-requests/accept': staff('/tickets/{requested}/call-requests/accept', 200),
  'GET call-requests': staff('/call-requests', 200),
  'POST call-requests/:id/accept': staff('/call-requests/{request}/accept', 200),
  'POST call-requests/:id/reject': staff('/call-requests/{request}/reject', 200),
  'DELETE call-requests/:id': own('/call-requests/{request}', 200, undefined, 403),
  'PUT tickets/:id/callback': own('/tickets/{ticket}/callback', 200, { phone: '030 123456' }),
  'DELETE tickets/:id/callback': own('/tickets/{ticket}/callback', 200),
  // The link's own token counts here, no matter who brings it.
  'POST call-links/open': any('/call-links/open', 403, { token: 'garbage' }),
  'POST call-links/join': any('/call-links/join', 403, { token: 'garbage' }),
  'POST call-links/end': any('/call-links/end', 403, { token: 'garbage' }),
  'POST webhooks/daily': keyless('/webhooks/daily', 404, {}),
  'POST webhooks/videosdk': keyless('/webhooks/videosdk', 404, {}),

  'GET auth/donor': keyless('/auth/donor', 200),
  // Anyone who asks as a guest has no token to trade; staff have one that is for staff.
  'POST auth/donor': with_('/auth/donor', [401, 401, 401, 403, 403], {}),
  'POST auth/donor/logout': with_('/auth/donor/logout', [401, 200, 200, 403, 403], {}),
  'GET tickets/:id/donor': staff('/tickets/{ticket}/donor', 200),
  'PATCH tickets/:id/donor': staff('/tickets/{ticket}/donor', 200, { notes: 'Xanadu' }),
  'POST tickets/:id/donor/logout': staff('/tickets/{ticket}/donor/logout', 200),
  'POST auth/donor/link': keyless('/auth/donor/link', 400, { email: 'garbage' }),
  'POST auth/donor/link/check': keyless('/auth/donor/link/check', 401, { token: 'garbage' }),
  'POST auth/donor/resume': keyless('/auth/donor/resume', 401, { token: 'garbage' }),

  'POST auth/login': keyless('/auth/login', 401, { username: 'nobody', password: 'nothing at all' }),
  'POST auth/refresh': keyless('/auth/refresh', 401),
  'POST auth/logout': keyless('/auth/logout', 204),
  'GET auth/password-links': keyless('/auth/password-links', 200),
  'POST auth/password-links': keyless('/auth/password-links', 400, { email: 'garbage' }),
  'POST auth/password-links/check': keyless('/auth/password-links/check', 410, { token: 'garbage' }),
  'POST auth/password-links/accept': keyless('/auth/password-links/accept', 400, { token: 'garbage' }),
  'POST auth/password-links/reset': keyless('/auth/password-links/reset', 410, {
    token: 'garbage',
    newPassword: 'seven lanterns over Porto',
  }),
  'POST auth/logout-all': staff('/auth/logout-all', 204),
  'GET auth/me': staff('/auth/me', 200),
  'GET auth/sessions': staff('/auth/sessions', 200),
  'DELETE auth/sessions': staff('/auth/sessions', 204),
  // Somebody else's; one's own are in test/api/staff-sessions.test.ts.
  'DELETE auth/sessions/:id': staff('/auth/sessions/{session}', 404),
  'GET users': staff('/users', 200),
  'GET users/me': staff('/users/me', 200),
  'GET users/me/notifications': staff('/users/me/notifications', 200),
  'PUT users/me/notifications': staff('/users/me/notifications', 400, {}),
  'GET users/me/web-push': staff('/users/me/web-push', 404),
  'PUT users/me/web-push': staff('/users/me/web-push', 400, {}),
  'DELETE users/me/web-push': staff('/users/me/web-push', 204, {}),
  'PUT users/me/fcm-token': staff('/users/me/fcm-token', 204, { token: 'phone-of-somebody' }),
  'DELETE users/me/fcm-token': staff('/users/me/fcm-token', 204, {}),
  'PUT donors/me/fcm-token': with_('/donors/me/fcm-token', [401, 204, 204, 403, 403], {
    token: 'phone-of-a-donor',
  }),
  'DELETE donors/me/fcm-token': with_('/donors/me/fcm-token', [401, 204, 204, 403, 403], {}),
  'GET unsubscribe/:token': any('/unsubscribe/garbage', 404),
  'POST unsubscribe/:token': any('/unsubscribe/garbage', 404),
  'PUT users/me/availability': staff('/users/me/availability', 200, { availability: 'away' }),
  'PUT users/me/password': staff('/users/me/password', 400, {}),

  'PUT users/me/profile': staff('/users/me/profile', 200, { name: 'Changed' }),
  'POST users/me/avatar': staff('/users/me/avatar', 400, {}),
  'DELETE users/me/avatar': staff('/users/me/avatar', 200),
  'GET avatars/:name': keyless('/avatars/garbage', 404),
  'POST users/me/totp': staff('/users/me/totp', 400, { password: 'not mine' }),
  'POST users/me/totp/confirm': staff('/users/me/totp/confirm', 409, { code: '123456' }),
  'DELETE users/me/totp': staff('/users/me/totp', 400, { password: 'not mine', code: '123456' }),
  'GET users/:id': staff('/users/{user}', 200),
  'POST users': super_('/users', 400, { username: 'x' }),
  'PATCH users/:id': super_('/users/{user}', 200, { role: 'SUPER_ADMIN' }),
  'PUT users/:id/skills': super_('/users/{user}/skills', 200, { skills: [{ skill: 'Tax', proficiency: 5 }] }),
  'PUT users/:id/password': super_('/users/{user}/password', 200, {}),
  'GET users/:id/sessions': super_('/users/{user}/sessions', 200),
  'DELETE users/:id/sessions/:sessionId': super_('/users/{user}/sessions/{session}', 204),
  'DELETE users/:id/totp': super_('/users/{user}/totp', 204),
  'POST users/:id/password-links': super_('/users/{user}/password-links', 201),
  'GET invitations': super_('/invitations', 200),
  'POST invitations': super_('/invitations', 400, {}),
  'POST invitations/:id/renew': super_(`/invitations/${UNUSED_ID}/renew`, 404, { by: 'link' }),
  'DELETE invitations/:id': super_(`/invitations/${UNUSED_ID}`, 404),
  'DELETE users/:id': super_('/users/{user}', 204),
  'GET teams': staff('/teams', 200),
  'POST teams': super_('/teams', 400, {}),
  'PATCH teams/:id': super_('/teams/2147483647', 404, {}),
  'DELETE teams/:id': super_('/teams/2147483647', 404),
  'GET categories': staff('/categories', 200),
  'POST categories': super_('/categories', 400, {}),
  'PATCH categories/:id': super_('/categories/2147483647', 404, {}),
  'DELETE categories/:id': super_('/categories/2147483647', 404),
  'GET tags': staff('/tags', 200),
  'POST tags': super_('/tags', 400, {}),
  'PATCH tags/:id': super_('/tags/2147483647', 404, {}),
  'DELETE tags/:id': super_('/tags/2147483647', 404),
  'GET skills': staff('/skills', 200),
  'POST skills': super_('/skills', 400, {}),
  'PATCH skills/:id': super_('/skills/2147483647', 404, {}),
  'DELETE skills/:id': super_('/skills/2147483647', 404),
  'GET desk': keyless('/desk', 200),
  'GET desk/settings': super_('/desk/settings', 200),
  'PATCH desk/settings': super_('/desk/settings', 400, {}),
  'GET desk/first-steps': super_('/desk/first-steps', 200),
  'POST desk/first-steps': super_('/desk/first-steps', 200, { step: 'demo' }),
  'PUT desk/logo': super_('/desk/logo', 400, {}),
  'DELETE desk/logo': super_('/desk/logo', 200),
  'GET desk/logos/:name': keyless('/desk/logos/garbage', 404),
  'GET audit-log': super_('/audit-log', 200),

  'GET health': keyless('/../../health', 200),
  'GET health/ping': keyless('/../../health/ping', 200),
  'GET health/ready': keyless('/../../health/ready', 200),
  // From this machine; who else may is in test/api/metrics.test.ts.
  'GET metrics': keyless('/../../metrics', 200),
  'GET health/advanced': keyless('/../../health/advanced', 200),
};
