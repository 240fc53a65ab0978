import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { invalidField } from '../../platform/http/errors/domain-error.js';
import type { CategoryLabelResponse } from './taxonomy-shapes.js';

/** How old the copy may be, in ms: other processes see a change after at most this long. */
const TTL_MS = 5_000;

interface NamedRow {
  name: string;
  isArchived: boolean;
  /** By language tag. */
  names: Record<string, string>;
}

interface Lists {
  readAt: number;
  teams: readonly NamedRow[];
  categories: readonly NamedRow[];
}

type ListName = 'teams' | 'categories';

/**
 * Answers which teams and categories there are, from a copy in this process. A name that the copy lacks is looked for in the
 * database, so that a row counts from the moment it is written, wherever that was. Archived names are no longer offered, but
 * they remain valid: clients hold lists for some time, and tickets hold names permanently.
 */
@Injectable()
export class TaxonomyNamesService {
  private held: Lists | undefined;
  /** Grows with each change, so that a reading that began before one is not kept. */
  private version = 0;

  constructor(private readonly database: Database) {}

  /** To be called after a change of the tables. */
  forget(): void {
    this.version += 1;
    this.held = undefined;
  }

  /** Throws 400 that names `category`, with the names there are. */
  assertCategory(name: string): Promise<void> {
    return this.assertKnown('categories', name, 'category');
  }

  /** Throws 400 that names `team`, with the keys there are. */
  assertTeam(key: string): Promise<void> {
    return this.assertKnown('teams', key, 'team');
  }

  /** Categories that are offered, in their order, as they are called in a language. */
  async categoryLabels(language: string): Promise<CategoryLabelResponse[]> {
    const { categories } = await this.current();
    return offered(categories).map(({ name, names }) => ({ name, label: labelOf(name, names, language) }));
  }

  private async assertKnown(list: ListName, name: string, field: string): Promise<void> {
    if (has(this.held?.[list], name)) return;
    const rows = (await this.read())[list];
    if (has(rows, name)) return;
    const known = offered(rows).map((row) => row.name);
    throw invalidField(field, `${field} must be one of the following values: ${known.join(', ')}`, 'isIn');
  }

  private async current(): Promise<Lists> {
    const isFresh = this.held !== undefined && performance.now() - this.held.readAt < TTL_MS;
    return isFresh && this.held !== undefined ? this.held : this.read();
  }

  private async read(): Promise<Lists> {
    const { version } = this;
    const readAt = performance.now();
    const orderBy = [{ position: 'asc' }, { id: 'asc' }] as const;
    const [teams, categories] = await Promise.all([
      this.database.team.findMany({ orderBy: [...orderBy] }),
      this.database.category.findMany({ orderBy: [...orderBy] }),
    ]);
    const lists = {
      readAt,
      teams: teams.map(({ key, archivedAt }) => ({ name: key, isArchived: archivedAt !== null, names: {} })),
      categories: categories.map(({ name, names, archivedAt }) => ({
        name,
        isArchived: archivedAt !== null,
        names: namesOf(names),
      })),
    };
    if (version === this.version) this.held = lists;
    return lists;
  }
}

const has = (rows: readonly NamedRow[] | undefined, name: string): boolean =>
  rows?.some((row) => row.name === name) === true;

const offered = (rows: readonly NamedRow[]): NamedRow[] => rows.filter(({ isArchived }) => !isArchived);

/** The texts of a jsonb column of names. */
export function namesOf(column: unknown): Record<string, string> {
  if (typeof column !== 'object' || column === null) return {};
  const texts = Object.entries(column).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(texts);
}

/** The name in a language, else in its parent (`pt` for `pt-BR`), else in English, else the name itself. */
function labelOf(name: string, names: Record<string, string>, language: string): string {
  const asked = language.toLowerCase().split('-');
  const byTag = new Map(Object.entries(names).map(([tag, text]) => [tag.toLowerCase(), text]));
  for (let length = asked.length; length > 0; length -= 1) {
    const text = byTag.get(asked.slice(0, length).join('-'));
    if (text !== undefined) return text;
  }
  return byTag.get('en') ?? name;
}
