import { Agent } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Brings requests that are meant for Google to a gateway instead, whatever their host: over TLS, or plainly for http://. */
export function gatewayAgent(gateway: string): Agent {
  const { protocol, hostname: host, port } = new URL(gateway);
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = () =>
    protocol === 'https:'
      ? connectTls({ host, port: Number(port || 443), servername: host })
      : connectPlain({ host, port: Number(port || 80) });
  return agent;
}
