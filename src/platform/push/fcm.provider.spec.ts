import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeFcm } from '../../../test/support/fake-fcm.js';
import { FcmPusher, type FcmOptions } from './fcm.provider.js';
import { NoPush } from './no-push.provider.js';
import { PushRefused, PushTokenGone, PushUnavailable } from './push.errors.js';
import type { Push } from './pusher.js';

let fcm: FakeFcm;
beforeEach(async () => {
  fcm = await FakeFcm.start();
});
afterEach(() => fcm.close());

function pusher(changes: Partial<FcmOptions> = {}): FcmPusher {
  const { projectId = '', clientEmail = '', privateKey = '', apiUrl } = fcm.config;
  return new FcmPusher({ projectId, clientEmail, privateKey, apiUrl, ...changes });
}
const push = (changes: Partial<Push> = {}): Push => ({
  token: 'phone-of-ada',
  title: 'Grace wrote',
  body: 'Hello',
  data: { ticketId: 't1', kind: 'reply' },
  tag: 'reply-t1-5',
  ...changes,
});

describe('a push', () => {
  it('arrives, signed in once for all', async () => {
    const ours = pusher();
    await ours.send(push());
    await ours.send(push({ token: 'phone-of-bo' }));
    expect(fcm.tokensIssued).toBe(1);
    expect(fcm.messages.map(({ token }) => token)).toEqual(['phone-of-ada', 'phone-of-bo']);
    expect(fcm.messages[0]).toMatchObject({
      notification: { title: 'Grace wrote', body: 'Hello' },
      data: { ticketId: 't1', kind: 'reply' },
      android: { collapse_key: 'reply-t1-5', notification: { tag: 'reply-t1-5' } },
      apns: { headers: { 'apns-collapse-id': 'reply-t1-5' } },
    });
  });

  it.each(['a', 'é', '漢', '👋', '"', '\u0001'])(
    'full of %j is shortened until it fits',
    async (character) => {
      await pusher().send(push({ body: character.repeat(10_000) }));
      const { body } = fcm.messages[0]!.notification;
      expect(body).toMatch(/…$/);
      expect([...body].every((one) => one === character || one === '…')).toBe(true);
    },
  );
});

it('a check is a dry run: it sends nothing', async () => {
  await pusher().check();
  expect({ tokens: fcm.tokensIssued, dryRuns: fcm.dryRuns, sent: fcm.messages }).toEqual({
    tokens: 1,
    dryRuns: 1,
    sent: [],
  });
});

describe('a token', () => {
  it.each([
    ['of an app that was removed', { status: 404, code: 'UNREGISTERED' }],
    ['of another project', { status: 403, code: 'SENDER_ID_MISMATCH' }],
    [
      'that is none',
      { status: 400, code: 'INVALID_ARGUMENT', message: 'The registration token is not a valid FCM token' },
    ],
  ])('%s is gone', async (_title, fault) => {
    fcm.fail({ kind: 'error', ...fault });
    await expect(pusher().send(push())).rejects.toThrow(PushTokenGone);
  });
});

describe('a vendor', () => {
  it('that finds fault with the push itself is not asked again', async () => {
    fcm.fail({ kind: 'error', status: 400, code: 'INVALID_ARGUMENT', message: 'Invalid data' });
    await expect(pusher().send(push())).rejects.toThrow(PushRefused);
  });

  it('that is busy says when to come back', async () => {
    fcm.fail({ kind: 'error', status: 429, code: 'QUOTA_EXCEEDED', retryAfter: '90' });
    await expect(pusher().send(push())).rejects.toMatchObject({ retryAfterSeconds: 90 });
  });

  it.each([
    ['fails', { kind: 'error', status: 500, code: 'INTERNAL' }],
    ['talks nonsense', { kind: 'garbage' }],
    ['hangs', { kind: 'hang' }],
    [
      'wants our users to sign in to Apple again',
      { kind: 'error', status: 401, code: 'THIRD_PARTY_AUTH_ERROR' },
    ],
  ] as const)('that %s is tried later', async (_title, fault) => {
    fcm.fail(fault);
    await expect(pusher({ outbound: { tryTimeoutMs: 1_000 } }).send(push())).rejects.toThrow(PushUnavailable);
    expect(fcm.messages).toEqual([]);
  });

  it('that does not know our account is for the operator to mend', async () => {
    const stranger = pusher({ clientEmail: 'somebody@else.example' });
    await expect(stranger.check()).rejects.toThrow(PushUnavailable);
    await expect(stranger.send(push())).rejects.toThrow(PushUnavailable);
  });

  it('that is unavailable is tried later', async () => {
    await fcm.down();
    await expect(pusher().send(push())).rejects.toThrow(PushUnavailable);
  });

  it('is not asked where none is configured', async () => {
    expect(new NoPush().isConfigured).toBe(false);
    await expect(new NoPush().send()).rejects.toThrow('FIREBASE_PROJECT_ID is not set');
  });
});

describe('an outage', () => {
  it('pauses pushes, says until when, and leaves the vendor alone meanwhile', async () => {
    const ours = pusher({ outbound: { breakAfter: 2 } });
    fcm.fail({ kind: 'error', status: 401, code: 'THIRD_PARTY_AUTH_ERROR' });
    await expect(ours.send(push())).rejects.toThrow(PushUnavailable);
    await fcm.down();
    for (let failure = 0; failure < 2; failure += 1)
      await expect(ours.send(push())).rejects.toThrow(PushUnavailable);
    await fcm.up();
    await expect(ours.send(push())).rejects.toMatchObject({
      reason: 'FCM keeps failing, so calls to it are paused',
      retryAfterSeconds: 10,
    });
    expect(fcm.messages).toEqual([]);
    await ours.check();
  });

  it('is not a refusal: the next push is sent', async () => {
    const ours = pusher({ outbound: { breakAfter: 1 } });
    fcm.fail({ kind: 'error', status: 400, code: 'INVALID_ARGUMENT', message: 'Invalid data' });
    await expect(ours.send(push())).rejects.toThrow(PushRefused);
    await ours.send(push());
    expect(fcm.messages).toHaveLength(1);
  });
});
