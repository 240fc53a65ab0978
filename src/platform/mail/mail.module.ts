import { Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { DeskProfile } from '../desk-profile/desk-profile.js';
import { MailAddresses } from './mail-addresses.js';
import { MailProbe } from './mail-probe.js';
import { Mailer } from './mailer.js';
import { NoMail } from './no-mail.provider.js';
import { SmtpMailer } from './smtp.provider.js';

/** The mailer that the configuration asks for; it writes in the name of `desk`. */
export function createMailer(
  { mail, publicUrl }: Pick<Config, 'mail' | 'publicUrl'>,
  desk?: DeskProfile,
): Mailer {
  const { smtpUrl: url, from } = mail;
  return url === undefined || from === undefined
    ? new NoMail()
    : new SmtpMailer({ url, from, publicUrl, ...(desk && { desk }) });
}

@Module({
  providers: [
    { provide: Mailer, useFactory: createMailer, inject: [CONFIG, DeskProfile] },
    MailAddresses,
    MailProbe,
  ],
  exports: [Mailer, MailAddresses],
})
export class MailModule {}
