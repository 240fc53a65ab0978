import { describe, expect, it } from '@jest/globals';
import { read, sourceFiles } from './sources.js';

const sources = sourceFiles('src', ['.ts']).filter((file) => !file.endsWith('.spec.ts'));
const filesWith = (pattern: RegExp) => sources.filter((file) => pattern.test(read(file)));

const AUTH = 'src/domain/auth';
const GUARD = `${AUTH}/actor.guard.ts`;
const STRATEGIES = [`${AUTH}/opaque-token.strategy.ts`, `${AUTH}/signed-token.strategy.ts`];
const RESOLVER = `${AUTH}/actor-resolver.ts`;

/** Passes the bearer token that the guard has looked at on to be traded for a session. */
const TRADE = 'src/domain/donors/identity/identity.controller.ts';
/** The operator's token, which stands for nobody. */
const METRICS = 'src/platform/metrics/metrics-access.guard.ts';

describe('Passport’s strategies are the only way that an HTTP request is authenticated', () => {
  it('by a guard that is Nest’s AuthGuard and stands before every route', () => {
    expect(filesWith(/extends AuthGuard\(/)).toEqual([GUARD]);
    expect(filesWith(/provide: APP_GUARD, useExisting: ActorGuard\b/)).toEqual([`${AUTH}/auth.module.ts`]);
    expect(filesWith(/from '@nestjs\/passport'/)).toEqual([GUARD, ...STRATEGIES]);
    expect(read(GUARD)).toMatch(/defaultStrategy: \[opaque\.name, signed\.name\], property: 'actor'/);
  });

  it('with passport-jwt for signed tokens', () => {
    expect(filesWith(/from 'passport-jwt'/)).toEqual([`${AUTH}/signed-token.strategy.ts`]);
    expect(filesWith(/\bpassport\.Strategy\b/)).toEqual([`${AUTH}/opaque-token.strategy.ts`]);
  });

  it('because only they read the Authorization header of a person', () => {
    expect(filesWith(/\bheaders(?:\.|\[')authorization\b|\(\s*'authorization'/i)).toEqual([
      RESOLVER,
      GUARD,
      METRICS,
    ]);
    expect(filesWith(/\bbearerOf\(/)).toEqual([RESOLVER, ...STRATEGIES, TRADE]);
  });

  it('and only the guard says whose a request is', () => {
    expect(filesWith(/\brequest\.(?:actor|principal) = /)).toEqual([GUARD]);
  });
});

describe('one registry of readers', () => {
  it('verifies signatures for anyone who does not come by HTTP', () => {
    expect(filesWith(/\bverifySignature\(/)).toEqual([
      `${AUTH}/signed-token.ts`,
      `${AUTH}/token-readers.ts`,
      'src/domain/delegated/delegated-key.ts',
    ]);
  });

  it('knows each kind of token by one reader', () => {
    expect(filesWith(/implements (?:Opaque|Signed)TokenReader\b/)).toEqual([
      'src/domain/delegated/delegated-token.reader.ts',
      'src/domain/donors/sessions/donor-token.reader.ts',
      'src/domain/staff/sessions/staff-token.reader.ts',
    ]);
  });
});
