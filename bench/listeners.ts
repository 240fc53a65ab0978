// The audience of the socket bench: many sockets in a process of its own, which counts what arrives and how late it is.
import { io, type Socket } from 'socket.io-client';
import type { Audience, Heard } from './sockets.js';

let sockets: Socket[] = [];
let delays: number[] = [];
let received = 0;
let first = 0;
let last = 0;

process.on('message', (order: Audience) => {
  if (order.do === 'gather') void gather(order).then(() => process.send?.({}));
  if (order.do === 'expect') void expect(order.events).then((heard) => process.send?.(heard));
  if (order.do === 'leave') {
    for (const socket of sockets) socket.disconnect();
    sockets = [];
    process.send?.({});
  }
});
process.on('disconnect', () => process.exit(0));

async function gather({ url, token, clients }: Extract<Audience, { do: 'gather' }>): Promise<void> {
  for (let index = 0; index < clients; index += 1) {
    const socket = io(url, {
      transports: ['websocket'],
      auth: { token },
      forceNew: true,
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const answer = (await socket.emitWithAck('admin_join_ticket_monitor', {})) as { ok: boolean };
    if (!answer.ok) throw new Error(`the monitor refused: ${JSON.stringify(answer)}`);
    socket.on('message', (message: { content: string }) => hear(message.content));
    sockets.push(socket);
  }
  reset();
}

/** The content is the moment at which the message was sent, as this machine's clock tells it. */
function hear(content: string): void {
  const now = performance.timeOrigin + performance.now();
  if (received === 0) first = now;
  received += 1;
  last = now;
  const sentAt = Number(content);
  if (sentAt > 1e12) delays.push(now - sentAt);
}

/** Waits until that many events have come, or none has for ten seconds. */
async function expect(events: number): Promise<Heard> {
  while (
    received < events &&
    (received === 0 || performance.timeOrigin + performance.now() - last < 10_000)
  ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const heard = { received, seconds: (last - first) / 1_000, delays: delays.sort((a, b) => a - b) };
  reset();
  return heard;
}

function reset(): void {
  delays = [];
  received = 0;
}
