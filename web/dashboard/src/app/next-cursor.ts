/** The cursor in `Link: </api/v1/tickets?…cursor=…>; rel="next"` (RFC 8288). */
export function nextCursor({ headers }: Response): string | undefined {
  const target = /<([^>]+)>;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];
  return target === undefined
    ? undefined
    : (new URL(target, location.href).searchParams.get('cursor') ?? undefined);
}
