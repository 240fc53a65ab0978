// Preloaded into every product that a test starts: kills it at the n-th pass of a named moment
// (CRASH_AT=before-commit:3), and lets it end when the test that started it is gone.
import { subscribe } from 'node:diagnostics_channel';

const [point, nth] = (process.env.CRASH_AT ?? '').split(':');
let left = Number(nth);
if (point !== '') {
  subscribe(`concierge:${point}`, () => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  });
}

if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
