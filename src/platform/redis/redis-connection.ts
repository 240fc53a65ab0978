import { Logger } from '@nestjs/common';
import { RecurringTrouble } from '../logging/recurring-trouble.js';
import { Circuit, CircuitOpen } from '../outbound/circuit.js';
import { inTime } from '../outbound/in-time.js';
import { createRedisClient, type RedisClient } from './redis-client.factory.js';

const PATIENCE_MS = 500;
/** After an answer that did not come, Redis gets no command for this long: one command in a while waits, not each. */
const REST_MS = 2_000;

/**
 * The connection of this process to Redis. Code that asks Redis for something goes on without its answer, so commands have a
 * timeout, and a circuit breaker that all of them share; the log reports trouble once, no matter which part of Concierge meets it.
 */
export class RedisConnection {
  readonly client: RedisClient;
  private readonly forks: RedisClient[] = [];
  private readonly trouble = new RecurringTrouble(
    new Logger('Redis'),
    'Redis is unavailable: limits count per process, and other processes catch up later',
  );
  private readonly circuit = new Circuit({ breakAfter: 1, halfOpenAfterMs: REST_MS });

  constructor(url: string) {
    this.client = createRedisClient(url);
    this.client.on('error', (error: Error) => this.report(error));
    this.client.on('ready', () => this.trouble.succeeded());
    this.client.connect().catch((error: unknown) => this.report(error));
  }

  /** Whether a command would be sent now. */
  get isAvailable(): boolean {
    return this.client.isReady && this.circuit.openForMs === 0 && !this.circuit.isProbing;
  }

  /** Throws when Redis has no connection, is paused, or does not answer in time; the log has an entry. */
  async run<T>(command: (client: RedisClient) => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
    if (!this.client.isReady) throw new Error('Redis has no connection.');
    try {
      const answer = await this.circuit.run(() => inTime(patienceMs, () => command(this.client)));
      this.trouble.succeeded();
      return answer;
    } catch (error) {
      if (!(error instanceof CircuitOpen)) this.report(error);
      throw error;
    }
  }

  /** Returns the answer, or undefined when there is none. */
  async attempt<T>(command: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (!this.isAvailable) return undefined;
    try {
      return await this.run(command);
    } catch {
      // `run` has reported it.
      return undefined;
    }
  }

  /** Makes a client with a connection of its own, for commands that wait, and then wait for Redis instead of failing. */
  fork(): RedisClient {
    const fork = this.client.duplicate({ disableOfflineQueue: false });
    fork.on('error', (error: Error) => this.report(error));
    this.forks.push(fork);
    return fork;
  }

  /** Tells the operator, now and then, that Redis is unavailable. */
  report(error: unknown): void {
    this.trouble.failed(error);
  }

  close(): void {
    for (const one of [this.client, ...this.forks]) if (one.isOpen) one.destroy();
  }
}
