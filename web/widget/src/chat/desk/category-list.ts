import type { Shape } from '../../../../client/rest/client.js';
import { locale } from '../../words.js';
import { categories, known, type Category } from './categories.js';
import type { Desk } from './desk.js';

/** Asks the desk what a ticket can be about. While it cannot be asked, what it said last goes on; nothing is kept on the device. */
export async function loadCategories({ api }: Desk): Promise<readonly Category[]> {
  const path = `/tickets/categories?lang=${locale()}`;
  known.list = (await api.rest.ask<Shape<'CategoriesResponse'>>('GET', path)).labels;
  return categories();
}
