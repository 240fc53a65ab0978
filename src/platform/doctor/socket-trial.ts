import type { Finding } from './trial.js';

/**
 * Opens a WebSocket as the faces do and waits for the answer to a question of ours. Engine.IO 4 and Socket.IO 5 by hand: `0`
 * opens, `40` joins the namespace, `420[…]` asks, `430[…]` answers.
 */
export function trySocket(base: string): Promise<Finding> {
  const address = `${base.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const fail = (reason: string) => {
      socket.close();
      reject(new Error(reason));
    };
    socket.addEventListener('error', () => fail('No WebSocket can be opened.'));
    socket.addEventListener('close', () =>
      reject(new Error('The WebSocket was closed before an answer came.')),
    );
    socket.addEventListener('message', (message) => {
      const data = String(message.data);
      if (data.startsWith('0')) socket.send('40');
      else if (data.startsWith('40')) socket.send('420["join_ticket",{}]');
      else if (data.startsWith('44')) fail('The server refused the connection.');
      else if (data.startsWith('430')) {
        resolve({ state: 'ok', note: 'Asked over a WebSocket, and was answered.' });
        socket.close();
      }
    });
  });
}
