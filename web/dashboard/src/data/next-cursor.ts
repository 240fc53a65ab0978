import { addressOf } from '../../../shared/address.js';

/** The cursor in `Link: </api/v1/tickets?…cursor=…>; rel="next"` (RFC 8288). */
export function nextCursor({ headers }: Response): string | undefined {
  const target = /<([^<>]{1,2000})>;\s?rel="next"/.exec(headers.get('link') ?? '')?.[1];
  const address = target === undefined ? undefined : addressOf(target, location.href);
  return address?.searchParams.get('cursor') ?? undefined;
}
