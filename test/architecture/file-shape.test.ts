import { describe, expect, it } from '@jest/globals';
import { nameFault } from './file-names.js';
import { read, sourceFiles } from './sources.js';

const LONGEST = 300;
const WRITTEN_BY_HAND = ['src', 'web', 'test', 'scripts', 'bench', 'prisma'];
const CODE = ['.ts', '.tsx', '.mjs', '.cjs'];

const lines = (text: string) => text.trimEnd().split('\n').length;

describe('files', () => {
  it(`have at most ${LONGEST} lines`, () => {
    const long = WRITTEN_BY_HAND.flatMap((folder) => sourceFiles(folder, CODE))
      .map((file) => ({ file, lines: lines(read(file)) }))
      .filter((entry) => entry.lines > LONGEST);
    expect(long).toEqual([]);
  });

  it('in src are named for what they hold', () => {
    const faults = sourceFiles('src', ['.ts']).map((file) => nameFault(file));
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    'src/domain/tickets/reading/tickets.service.ts',
    'src/domain/tickets/tickets.service.spec.ts',
    'src/domain/event-log/ticket-log.ts',
    'src/reactions/realtime/server/socket.adapter.ts',
    'src/main.ts',
  ])('%s is fine', (file) => {
    expect(nameFault(file)).toBeUndefined();
  });

  it.each([
    ['src/domain/tickets/tickets.manager.ts', '.manager'],
    ['src/domain/tickets/TicketsService.ts', 'kebab-case'],
    ['src/domain/tickets/index.ts', 'says nothing'],
    ['src/platform/utils/dates.ts', 'says nothing'],
    ['src/domain/tickets/ticket-helpers.ts', 'says nothing'],
  ])('%s is refused', (file, fault) => {
    expect(nameFault(file)).toContain(fault);
  });
});
