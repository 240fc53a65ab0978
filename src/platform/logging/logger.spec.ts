import { describe, expect, test } from '@jest/globals';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

const CANARY = 'canary-7f3a9c';

function capture(level: 'info' | 'debug' = 'info') {
  const lines: Record<string, unknown>[] = [];
  const write = (text: string) => void lines.push(JSON.parse(text) as Record<string, unknown>);
  const logger = createLogger({ logLevel: level, environment: 'production' }, { write });
  return { lines, logger, nest: new NestLogger(logger) };
}

describe('the log', () => {
  test.each([
    'authorization',
    'cookie',
    'set-cookie',
    'password',
    'token',
    'donorToken',
    'secret',
    'donorEmail',
  ])('never shows %s, wherever it stands', (field) => {
    const { lines, logger } = capture();
    const secret = { [field]: CANARY };
    logger.info({ ...secret, one: secret, headers: secret, a: { b: secret } }, 'hello');
    expect(JSON.stringify(lines)).not.toContain(CANARY);
    expect(lines[0]).toMatchObject({ [field]: '[redacted]', level: 'info', msg: 'hello' });
  });

  test('shows of an error its kind, message, stack and cause, without passwords and what hangs on it', () => {
    const { lines, nest } = capture();
    const cause = new Error(`connect failed: postgresql://desk:${CANARY}@db:5432/x`);
    const error = Object.assign(new TypeError('no database', { cause }), {
      code: 'X1',
      config: { auth: CANARY },
    });
    nest.error(error, undefined, 'Database');
    expect(JSON.stringify(lines)).not.toContain(CANARY);
    expect(lines[0]).toMatchObject({
      level: 'error',
      context: 'Database',
      err: {
        type: 'TypeError',
        message: 'no database',
        code: 'X1',
        stack: expect.any(String),
        cause: { type: 'Error' },
      },
    });
  });

  test('names no ticket, call or person by id in the text of an error', () => {
    const { lines, nest } = capture();
    const id = '0b8f0a52-6f0e-4c0c-9a55-2f5b3c7f3f11';
    nest.error(new Error(`ticket ${id} vanished while it was being changed`), undefined, 'Jobs');
    expect(JSON.stringify(lines)).not.toContain(id);
    expect(lines[0]).toMatchObject({ err: { message: 'ticket [id] vanished while it was being changed' } });
  });

  test('takes what Nest says: texts, objects, and its chatter only at debug', () => {
    const { lines, nest } = capture();
    nest.log('Mapped {/x, GET} route', 'RouterExplorer');
    nest.log('Hello', 'Welcome');
    nest.warn({ msg: 'slow', ms: 12 }, 'Http');
    nest.debug('quiet', 'Http');
    expect(lines).toEqual([
      expect.objectContaining({ level: 'info', context: 'Welcome', msg: 'Hello' }),
      expect.objectContaining({ level: 'warn', context: 'Http', msg: 'slow', ms: 12 }),
    ]);
  });
});
