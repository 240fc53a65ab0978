import { parseArgs } from 'node:util';

export interface Options {
  /** Seconds under load, per contender and route, over all rounds. */
  seconds: number;
  /** The contenders take turns this often, so that drift of the machine meets all of them. */
  rounds: number;
  rows: number;
  connections: number;
  /** Names of routes; empty means all. */
  only: string[];
  growth: boolean;
  sockets: boolean;
  jobs: boolean;
  /** Whether docs/performance.md is rewritten. */
  write: boolean;
  /** Folder for a CPU profile of the application; empty for none. */
  profile: string;
}

export const USAGE = `npm run bench -- [options]
  --seconds 6        under load, per contender and route
  --rounds 3         turns that the contenders take
  --rows 10000       tickets in the database
  --connections 32
  --only a,b         some of the routes only
  --growth           list, board and search at 1,000,000 tickets against 10,000, and nothing else
  --sockets          delivery of events to sockets, and nothing else
  --jobs             how fast queues are worked off, and nothing else
  --profile <folder> writes a CPU profile of the application there
  --dry              leaves docs/performance.md as it is`;

/** Reads the command line; throws for what it does not know. */
export function readOptions(argv: string[]): Options {
  const { values } = parseArgs({
    args: argv,
    options: {
      seconds: { type: 'string', default: '6' },
      rounds: { type: 'string', default: '3' },
      rows: { type: 'string', default: '10000' },
      connections: { type: 'string', default: '32' },
      only: { type: 'string', default: '' },
      growth: { type: 'boolean', default: false },
      sockets: { type: 'boolean', default: false },
      jobs: { type: 'boolean', default: false },
      profile: { type: 'string', default: '' },
      dry: { type: 'boolean', default: false },
    },
  });
  return {
    seconds: positive('seconds', values.seconds),
    rounds: positive('rounds', values.rounds),
    rows: positive('rows', values.rows),
    connections: positive('connections', values.connections),
    only: values.only === '' ? [] : values.only.split(','),
    growth: values.growth,
    sockets: values.sockets,
    jobs: values.jobs,
    write: !values.dry,
    profile: values.profile,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new Error(`--${name} must be a positive number.\n${USAGE}`);
  return value;
}
