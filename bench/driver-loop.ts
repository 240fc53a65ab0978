// The floor: the same SQL in a loop over the driver, without any HTTP. Its own process.
import { createPool } from '../src/platform/database/database-pool.js';
import type { Load, LoadResult } from './contender.js';
import { createOperations } from './operations.js';

const [url, pool] = process.argv.slice(2) as [string, string];
const work = await createOperations(createPool({ url, pool: Number(pool) }));

process.on('message', (load: Load) => {
  void loop(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.({});

async function loop({ requests, connections, amount }: Load): Promise<LoadResult> {
  const times: number[] = [];
  const started = performance.now();
  let left = amount;
  const worker = async (first: number) => {
    for (let turn = first; left > 0; turn += 1) {
      left -= 1;
      const sent = performance.now();
      await run(requests[turn % requests.length]!);
      times.push(performance.now() - sent);
    }
  };
  const step = Math.ceil(requests.length / connections);
  await Promise.all(
    Array.from({ length: Math.min(connections, amount) }, (_, index) => worker(index * step)),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { times: times.sort((a, b) => a - b), refused: [], seconds };
}

function run({ method, path, headers, body }: Load['requests'][number]): Promise<unknown> {
  const [, , id, messages] = path.split('/');
  if (messages !== undefined) {
    const session = headers?.['x-session'];
    return typeof session === 'string' ? work.postAsDonor(id!, session) : work.postAsStaff(id!);
  }
  if (method === 'POST')
    return body?.includes('callType') ? work.createTicketWithCall() : work.createTicket();
  if (id === undefined) return work.listTickets();
  return id === 'dashboard' ? work.dashboard() : work.readTicket(id);
}
