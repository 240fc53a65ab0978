import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { publicHost, publicUrl } from '../../platform/config/public-address.js';
import { AllowedOrigins } from '../../platform/http/security/allowed-origins.js';
import { conversationLink } from './conversation-link.js';

/** Where the links of emails lead. */
@Injectable()
export class MailLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    private readonly origins: AllowedOrigins,
  ) {}

  /** The host in the ids of emails. */
  get host(): string {
    return publicHost(this.config);
  }

  /** Where the donor reads on. */
  conversation(ticket: Parameters<typeof conversationLink>[1]): string {
    return conversationLink({ publicUrl: this.config.publicUrl, origins: this.origins.list() }, ticket);
  }

  /** Where staff read on. */
  dashboard(ticketId: string): string {
    return publicUrl(this.config, `/dashboard/tickets/${ticketId}`);
  }
}
