import type { Letter } from './mail-layout.js';

/** One email to one person. */
export interface Mail extends Letter {
  /** One bare address. */
  to: string;
  /** `<key@host>`: the same for every try of the same mail, so that a mailbox which got it twice shows it once. */
  messageId: string;
  headers?: Record<string, string>;
}

/** The port to the mail server. */
export abstract class Mailer {
  abstract readonly isConfigured: boolean;

  /**
   * Hands one mail to the mail server; resolved means that the server has taken it over. Throws MailRefused when trying
   * again is useless, anything else when it is not.
   */
  abstract send(mail: Mail): Promise<void>;

  /** Connects and signs in without sending anything. Throws when mail would not go out now. */
  abstract check(): Promise<void>;
}
