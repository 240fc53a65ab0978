import { useQuery } from '@tanstack/react-query';
import { TEAMS, TICKET_CATEGORIES, type Team } from '../../../../src/contract/ticket-fields.js';
import { language } from '../i18n/language.js';
import { t } from '../i18n/translate.js';
import { answer, api, type Shape } from './api.js';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a new desk calls its teams; one that it has named itself keeps that name in every language. */
const FIRST_NAMES: Readonly<Record<Team, string>> = {
  GENERAL: 'General',
  TECHNICAL: 'Technical',
  MANAGER: 'Management',
  ADMIN: 'Administration',
};

const STALE_MS = 60_000;

/** The categories that the desk offers; those of a new desk until they are loaded. `current` stays among them, archived or not. */
export function useCategories(current?: string | null): Choice[] {
  const { data } = useQuery({
    queryKey: ['categories'],
    queryFn: () => answer(api.GET('/api/v1/categories')),
    staleTime: STALE_MS,
  });
  const offered = data?.map(categoryChoice) ?? TICKET_CATEGORIES.map(firstCategory);
  return withCurrent(offered, current, (value) => ({ value, label: value }));
}

/** The same for teams. */
export function useTeams(current?: string | null): Choice[] {
  const { data } = useQuery({
    queryKey: ['teams'],
    queryFn: () => answer(api.GET('/api/v1/teams')),
    staleTime: STALE_MS,
  });
  const offered = data ?? TEAMS.map((key) => ({ key, name: FIRST_NAMES[key] }));
  return withCurrent(offered.map(teamChoice), current, (key) => teamChoice({ key, name: key }));
}

function categoryChoice({ name, names }: Shape<'CategoryResponse'>): Choice {
  return { value: name, label: names[language.locale()] ?? names['en'] ?? name };
}

function firstCategory(category: (typeof TICKET_CATEGORIES)[number]): Choice {
  return { value: category, label: t(`core.category.${category}`) };
}

function teamChoice({ key, name }: { key: string; name: string }): Choice {
  const first = TEAMS.find((one) => one === key);
  const isRenamed = first === undefined || (name !== FIRST_NAMES[first] && name !== key);
  return { value: key, label: isRenamed ? name : t(`core.team.${first}`) };
}

function withCurrent(
  offered: readonly Choice[],
  current: string | null | undefined,
  choiceOf: (value: string) => Choice,
): Choice[] {
  const isMissing =
    current !== null && current !== undefined && !offered.some(({ value }) => value === current);
  return isMissing ? [...offered, choiceOf(current)] : [...offered];
}
