import type { ErrorCode } from '../../contract/error-codes.js';
import { DomainError } from '../../platform/http/errors/domain-error.js';

export type TaxonomyKind = 'team' | 'category' | 'tag' | 'skill';

const TAKEN = {
  team: 'TEAM_EXISTS',
  category: 'CATEGORY_EXISTS',
  tag: 'TAG_EXISTS',
  skill: 'SKILL_EXISTS',
} as const satisfies Record<TaxonomyKind, ErrorCode>;

/** 409: a row of this name exists, archived or not. */
export const nameTaken = (kind: TaxonomyKind): DomainError =>
  new DomainError({
    code: TAKEN[kind],
    status: 409,
    message: `This ${kind} already exists. An archived one can be restored.`,
  });

export const listFull = (kind: TaxonomyKind, most: number): DomainError =>
  new DomainError({
    code: 'LIST_FULL',
    status: 409,
    message: `There are already ${most} rows of kind ${kind}. Delete one that nothing uses.`,
    details: { limit: most },
  });

export const teamRequired = (key: string): DomainError =>
  new DomainError({
    code: 'TEAM_REQUIRED',
    status: 409,
    message: `New tickets go to ${key}. This team can be renamed, but neither archived nor deleted.`,
  });
