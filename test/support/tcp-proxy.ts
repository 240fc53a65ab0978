import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What the network does. `slow` delays each piece by `ms`; `blackhole` accepts and swallows everything, as a firewall
 * that drops packets; `refuse` cuts what is open and refuses what is new.
 */
export type NetworkState =
  { kind: 'fine' } | { kind: 'slow'; ms: number } | { kind: 'blackhole' } | { kind: 'refuse' };

/** A TCP proxy on a loopback port in front of `target`, for tests that need a bad network. */
export class TcpProxy {
  private state: NetworkState = { kind: 'fine' };
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  private constructor(
    private readonly target: { host: string; port: number },
    readonly port: number,
  ) {}

  static async start(target: { host: string; port: number }): Promise<TcpProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new TcpProxy(target, (server.address() as AddressInfo).port);
    proxy.serve(server);
    return proxy;
  }

  /** How many connections are open. */
  get open(): number {
    return this.sockets.size / 2;
  }

  /** Changes the weather; connections that were swallowed while in `blackhole` stay broken, as real ones do. */
  async become(state: NetworkState): Promise<void> {
    this.state = state;
    if (state.kind === 'refuse') await this.shut();
    else if (this.server === undefined) await this.listen();
  }

  /** Cuts every open connection; new ones are served. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    await this.shut();
  }

  private async listen(): Promise<void> {
    const server = createServer().listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.serve(server);
  }

  private async shut(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = server && once(server, 'close');
    server?.close();
    this.cut();
    await closed;
  }

  private serve(server: Server): void {
    this.server = server;
    server.on('connection', (near) => {
      const far = connect(this.target);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.on('error', () => undefined);
        one.once('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
        void this.pump(one, other);
      }
    });
  }

  private async pump(from: Socket, to: Socket): Promise<void> {
    // A stream that lost bytes must not go on as if nothing had been said.
    let broken = false;
    try {
      for await (const piece of from) {
        if (this.state.kind === 'slow') await sleep(this.state.ms);
        broken ||= this.state.kind === 'blackhole';
        if (!broken && !to.write(piece as Buffer) && !to.destroyed) await once(to, 'drain');
      }
      if (!broken) to.end();
    } catch {
      // Cut connections are what this is for.
      to.destroy();
    }
  }
}
