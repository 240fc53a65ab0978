// The load: autocannon in a process of its own, one job after the other.
import autocannon from 'autocannon';
import type { Load, LoadResult } from './contender.js';

process.on('message', (load: Load) => {
  void fire(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));

/** Sends `amount` requests, so that nothing is in flight at the end and every row can be accounted for. */
function fire({ url, requests, connections, amount }: Load): Promise<LoadResult> {
  const times: number[] = [];
  const refused = new Map<number, number>();
  const started = performance.now();
  return new Promise((resolve) => {
    let clients = 0;
    let answers = 0;
    const answered = (status: number): void => {
      if (status < 200 || status > 299) refused.set(status, (refused.get(status) ?? 0) + 1);
      answers += 1;
      if (answers < amount) return;
      // autocannon itself would notice only at the next full second.
      instance.stop();
      const seconds = (performance.now() - started) / 1_000;
      resolve({ times: times.sort((a, b) => a - b), refused: [...refused], seconds });
    };
    const options = {
      url,
      connections: Math.min(connections, amount),
      amount,
      timeout: 30,
      // Each connection walks the requests from a place of its own, as people do.
      setupClient: (client: autocannon.Client) =>
        client.setRequests(rotated(requests, clients++ / connections)),
    };
    const instance = autocannon(options, () => undefined);
    instance.on('response', (_client, status, _bytes, time) => {
      if (status >= 200 && status <= 299) times.push(time);
      answered(status);
    });
    instance.on('reqError', () => answered(0));
  });
}

function rotated<T>(items: T[], part: number): T[] {
  const start = Math.floor(items.length * part) % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
