import { TICKET_CATEGORIES } from '../../../../../src/contract/ticket-fields.js';
import type { Shape } from '../../../../client/rest/client.js';
import { t } from '../../words.js';

export type Category = Shape<'CategoryLabelResponse'>;

/** `list` is what the desk last said; category-list.ts fills it. */
export const known: { list?: readonly Category[] } = {};

/** What a ticket can be about: as the desk last said it; until it has, what every desk starts with. */
export function categories(): readonly Category[] {
  return known.list ?? TICKET_CATEGORIES.map((name) => ({ name, label: t(`cat.${name}`) }));
}

/** The list may no longer offer a category that a ticket has. */
export function categoryText(category: string): string {
  return categories().find(({ name }) => name === category)?.label ?? category;
}
