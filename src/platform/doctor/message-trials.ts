import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config.js';
import { publicHost } from '../config/public-address.js';
import { MailUnavailable } from '../mail/mail.errors.js';
import { layOut } from '../mail/mail-layout.js';
import { createMailer } from '../mail/mail.module.js';
import { PushUnavailable } from '../push/push.errors.js';
import { createPusher } from '../push/push.module.js';
import type { Finding } from './trial.js';

/** Connects to the mail server and signs in; `to` is sent a mail too. */
export async function tryMail(
  config: Pick<Config, 'mail' | 'publicUrl'>,
  to: string | undefined,
): Promise<Finding> {
  const mailer = createMailer(config);
  if (!mailer.isConfigured)
    return { state: 'off', note: 'Nobody gets mail, and donors no links to sign in with.' };
  try {
    await mailer.check();
    if (to === undefined) return { state: 'ok', note: 'Signed in to the mail server.' };
    const messageId = `<doctor.${randomUUID()}@${publicHost(config)}>`;
    const parts = [`Mail from ${config.publicUrl} arrives here.`];
    await mailer.send({ to, messageId, ...layOut('en', { subject: 'A mail to try mail with', parts }) });
    return { state: 'ok', note: `Sent a mail to ${to}: see whether it arrives.` };
  } catch (error) {
    if (error instanceof MailUnavailable && error.reason.startsWith('EAUTH'))
      throw new Error('The mail server refuses the user name or the password.', { cause: error });
    throw error;
  }
}

/** A push by dry run: Firebase looks at it and sends it to nobody. */
export async function tryPush(config: Pick<Config, 'push'>): Promise<Finding> {
  const pusher = createPusher(config);
  if (!pusher.isConfigured) return { state: 'off', note: 'Phones get no pushes.' };
  try {
    await pusher.check();
  } catch (error) {
    if (error instanceof PushUnavailable && /credential|answered 40[01]/.test(error.reason))
      throw new Error('Firebase refuses the service account.', { cause: error });
    throw error;
  }
  return { state: 'ok', note: 'Firebase took a push by dry run; it went to nobody.' };
}
