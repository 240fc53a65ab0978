import { claimsOf } from '../../../../client/claims.js';
import type { Visitor } from '../../loader/chat-host.js';

/** The name of whom the page does not name. */
export const GUEST = 'guest';

/**
 * A name for the person who the page says is there, under which this browser keeps what is theirs: the issuer and the id of the
 * page's token, else the page's own id or email address for them, else `guest`. Nothing for a token that does not say whose
 * it is: then nothing is kept.
 */
export function personOf({ token, donorId, email }: Visitor): string | undefined {
  if (token === undefined) return nameOf(donorId === undefined ? ['email', email] : ['id', donorId]);
  const { iss, id } = claimsOf(token);
  return typeof id === 'string' || typeof id === 'number' ? nameOf(['token', iss ?? '', id]) : undefined;
}

/** Whether the page may still mean the same person: it knows more of them than before, and nothing else. */
export function isSamePerson(before: Visitor, now: Visitor): boolean {
  const person = (visitor: Visitor) => visitor.token && personOf(visitor);
  return (
    agree(before.donorId, now.donorId) &&
    agree(before.email, now.email) &&
    agree(person(before), person(now)) &&
    (isKnown(now) || !isKnown(before))
  );
}

/** Whether what is kept of both has one name, so that the chat may go on as it is. */
export function isNamedAlike(before: Visitor, now: Visitor): boolean {
  return personOf(now) !== undefined && personOf(now) === personOf(before);
}

function isKnown({ token, donorId, email, name }: Visitor): boolean {
  return [token, donorId, email, name].some((said) => said !== undefined);
}

function agree(before: string | undefined, now: string | undefined): boolean {
  return before === undefined || now === undefined || before === now;
}

function nameOf([kind, ...parts]: readonly unknown[]): string {
  return parts.some((part) => part !== undefined) ? JSON.stringify([kind, ...parts.map(String)]) : GUEST;
}
