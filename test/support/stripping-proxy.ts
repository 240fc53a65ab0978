import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

const PATH = '/desk';

/**
 * A proxy on a loopback port that hands what is below /desk to a server that knows nothing of that path, WebSockets too, as
 * nginx does. It answers `/` with a page of somebody else's; what else it is asked for is kept in `strays` and not found.
 */
export class StrippingProxy {
  readonly strays: string[] = [];
  readonly #server: Server;
  #target?: URL;
  #page = '';

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<StrippingProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new StrippingProxy(server);
    server.on('request', (incoming, response) => {
      const pass = proxy.#pass(incoming);
      if (!pass) {
        response
          .writeHead(proxy.strays.includes(incoming.url ?? '') ? 404 : 200, { 'content-type': 'text/html' })
          .end(proxy.#page);
        return;
      }
      pass.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      pass.on('error', () => response.destroy());
      incoming.pipe(pass);
    });
    server.on('upgrade', (incoming: IncomingMessage, socket: Socket) => {
      const pass = proxy.#pass(incoming);
      if (!pass) socket.destroy();
      pass
        ?.on('upgrade', (answer, upstream: Socket, head) => {
          join(answer, upstream, socket);
          // What came with the handshake's answer.
          if (head.length > 0) upstream.unshift(head);
        })
        .end();
      pass?.on('error', () => socket.destroy());
    });
    return proxy;
  }

  /** `http://127.0.0.1:<port>`, where the other pages are. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The public address of the desk behind it. */
  get url(): string {
    return this.origin + PATH;
  }

  /** From now on: the server behind it, and what `/` shows. */
  serve(target: string, page: string): void {
    this.#target = new URL(target);
    this.#page = page;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #pass({ url = '/', method, headers }: IncomingMessage) {
    if (!url.startsWith(`${PATH}/`)) {
      if (url !== '/' && url !== '/favicon.ico') this.strays.push(url);
      return undefined;
    }
    const { hostname, port } = this.#target ?? {};
    return request({ hostname, port, path: url.slice(PATH.length), method, headers });
  }
}

function join(answer: IncomingMessage, upstream: Socket, socket: Socket): void {
  const lines = answer.rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${answer.rawHeaders[index + 1] ?? ''}`] : [],
  );
  socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
  for (const [one, other] of [
    [upstream, socket],
    [socket, upstream],
  ] as const) {
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}
