import type { Config } from '../../platform/config/config.js';
import { allowedOrigins } from '../../platform/http/cors.js';
import type { Notice } from './delivery.js';

/**
 * Where the donor reads on: the page they asked from, whose browser knows them, when it is on one of our own sites; else our
 * own page for conversations. The page is what anybody may have claimed, so nothing of it but the path of a listed origin
 * gets into a mail. The ticket's number stands behind the #: it opens the conversation where the donor is known, and nothing
 * else. Its id would be a key, and anybody may have typed the address that the mail goes to.
 */
export function conversationLink(
  config: Pick<Config, 'publicUrl' | 'corsOrigins'>,
  { number, context }: Pick<Notice['ticket'], 'number' | 'context'>,
): string {
  const { page } = (context ?? {}) as { page?: unknown };
  const asked = typeof page === 'string' && URL.canParse(page) ? new URL(page) : undefined;
  const isOurs = asked !== undefined && allowedOrigins(config).includes(asked.origin);
  const place = isOurs ? asked.origin + asked.pathname : `${config.publicUrl}/conversations`;
  return `${place}#concierge=${number}`;
}
