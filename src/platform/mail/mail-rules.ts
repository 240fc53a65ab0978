import { isEmailAddress } from '../../contract/email-address.js';
import { MailRefused } from './mail.errors.js';
import type { Mail } from './mailer.js';

const HEADER_NAME = /^[A-Za-z0-9-]{1,76}$/;
const MESSAGE_ID = /^<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.:[\]-]{1,200}>$/;
/** Line ends and their kin would let a value add headers of its own. */
const BREAKS_A_HEADER = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Throws MailRefused when a mail could not be sent as it is meant. */
export function assertSendable({ to, subject, messageId, headers = {} }: Mail): void {
  if (!isEmailAddress(to)) throw new MailRefused('the address is not one plain address');
  if (BREAKS_A_HEADER.test(subject)) throw new MailRefused('the subject breaks the line');
  if (!MESSAGE_ID.test(messageId)) throw new MailRefused('the Message-ID is malformed');
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || BREAKS_A_HEADER.test(value)) {
      throw new MailRefused('a header breaks the line');
    }
  }
}
