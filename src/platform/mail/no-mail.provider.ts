import { Injectable } from '@nestjs/common';
import { MailRefused } from './mail.errors.js';
import { Mailer } from './mailer.js';

/** Stands in where no mail server is configured: nothing can be sent, and every caller gets an error that says so. */
@Injectable()
export class NoMail extends Mailer {
  readonly isConfigured = false;

  send(): Promise<void> {
    return this.check();
  }

  check(): Promise<void> {
    return Promise.reject(new MailRefused('SMTP_URL is not set'));
  }
}
