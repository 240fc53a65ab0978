import { describe, expect, test } from '@jest/globals';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CATALOGUE = path.join(ROOT, 'src/contract/events');
const TYPES = path.join(CATALOGUE, 'event-types.ts');
const DATA = path.join(CATALOGUE, 'event-data.ts');
const PUBLIC = path.join(CATALOGUE, 'public-data.ts');
const SOCKET = path.join(ROOT, 'src/contract/socket-events.ts');

type Edit = [file: string, before: string, after: string];

const NEW_TYPE: Edit = [TYPES, "'ticket.updated',", "'ticket.updated', 'ticket.merged',"];
const ITS_DATA: Edit = [
  DATA,
  "'ticket.deleted': NoData;",
  "'ticket.deleted': NoData; 'ticket.merged': { into: string };",
];
const PUBLIC_LINE: Edit = [
  PUBLIC,
  "'ticket.deleted': {},",
  "'ticket.deleted': {}, 'ticket.merged': { into: true },",
];
const SOCKET_EVENT: Edit = [
  SOCKET,
  "'ticket.rated': 'ticket:rated',",
  "'ticket.rated': 'ticket:rated', 'ticket.merged': 'ticket:merged',",
];

/** The compiler's own declarations are parsed once. */
const PARSED = new Map<string, ts.SourceFile>();

/** The files of the contract that do not compile with these edits. */
function brokenBy(...edits: Edit[]): string[] {
  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const host = ts.createCompilerHost({ ...options, incremental: false, tsBuildInfoFile: undefined });
  const { readFile } = host;
  host.readFile = (file) => edited(path.normalize(file), readFile(file), edits);
  host.getSourceFile = (file, version) => {
    const text = host.readFile(file) ?? '';
    const known = PARSED.get(file);
    if (known?.text === text) return known;
    const parsed = ts.createSourceFile(file, text, version);
    PARSED.set(file, parsed);
    return parsed;
  };
  const checked = { ...options, types: [], incremental: false, tsBuildInfoFile: undefined };
  const program = ts.createProgram([PUBLIC, SOCKET], checked, host);
  const files = ts
    .getPreEmitDiagnostics(program)
    .map(({ file }) => path.basename(file?.fileName ?? 'options'));
  return [...new Set(files)].sort();
}

function edited(file: string, text: string | undefined, edits: Edit[]): string | undefined {
  return edits
    .filter(([edits]) => edits === file)
    .reduce((before, [, from, to]) => {
      expect(before).toContain(from);
      return before?.replace(from, to);
    }, text);
}

describe('the catalogue of events', () => {
  test('compiles as it is, and with a new type that is described everywhere', () => {
    expect(brokenBy()).toEqual([]);
    expect(brokenBy(NEW_TYPE, ITS_DATA, PUBLIC_LINE, SOCKET_EVENT)).toEqual([]);
  });

  test('does not compile with a type that has no data', () => {
    expect(brokenBy(NEW_TYPE, SOCKET_EVENT)).toContain('public-data.ts');
  });

  test('does not compile with a type that does not say what donors see', () => {
    expect(brokenBy(NEW_TYPE, ITS_DATA, SOCKET_EVENT)).toEqual(['public-data.ts']);
  });

  test('does not compile when donors are to see a field that does not exist', () => {
    const wrong: Edit = [
      PUBLIC,
      "'ticket.deleted': {},",
      "'ticket.deleted': {}, 'ticket.merged': { onto: true },",
    ];
    expect(brokenBy(NEW_TYPE, ITS_DATA, wrong, SOCKET_EVENT)).toEqual(['public-data.ts']);
  });

  test('does not compile with a type that has no socket event', () => {
    expect(brokenBy(NEW_TYPE, ITS_DATA, PUBLIC_LINE)).toContain('socket-events.ts');
  });
});
