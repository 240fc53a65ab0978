// The baseline of the socket bench: Socket.IO alone, with the product's settings, one room, no questions asked.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import type { Volley } from './sockets.js';

const http = createServer();
const io = new Server(http, { perMessageDeflate: false, transports: ['websocket'] });
io.on('connection', (socket) => {
  socket.on('admin_join_ticket_monitor', (...args: unknown[]) => {
    void socket.join('monitor');
    (args.at(-1) as (answer: object) => void)({ ok: true });
  });
});

process.on('message', ({ messages, payload }: Volley) => {
  let sent = 0;
  const next = () => {
    io.to('monitor').emit('message', { ...payload, content: String(sent) });
    sent += 1;
    if (sent < messages) setImmediate(next);
  };
  next();
});
process.on('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => process.send?.(http.address()));
