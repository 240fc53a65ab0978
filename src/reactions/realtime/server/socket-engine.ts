import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { SocketBounds } from './socket-bounds.js';
import { SOCKET_SERVER, type ClientSocket, type SocketServer } from './socket-state.js';

/** The transport below the sockets (engine.io), which answers its own requests beside those of the API. */
@Injectable()
export class SocketEngine {
  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly http: HttpAdapterHost,
    private readonly bounds: SocketBounds,
  ) {}

  /** Puts it on the application's HTTP server. */
  attach(): void {
    this.io.attach(this.http.httpAdapter.getHttpServer() as HttpServer);
    const { engine } = this.io;
    engine.on('connection', (connection: ClientSocket['conn']) => this.bounds.connected(connection));
    engine.use(nosniff);
  }
}

function nosniff(_request: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
}
