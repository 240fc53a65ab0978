import { Injectable, Logger } from '@nestjs/common';

/** Facts that floors above announce after commit; each module adds its own by declaration merging. */
export interface Facts {}

type Listener = (fact: never) => void;

/**
 * The in-process bus: carries committed facts to the listeners of this process, at once and in order.
 * Nothing durable rides on it; what must survive a crash goes through the outbox.
 */
@Injectable()
export class EventBus {
  private readonly logger = new Logger('EventBus');
  private readonly listeners = new Map<keyof Facts, readonly Listener[]>();

  /** Tells every listener; one that throws is logged, because the publisher has already committed. */
  publish<F extends keyof Facts>(name: F, fact: Facts[F]): void {
    for (const listener of this.listeners.get(name) ?? []) {
      try {
        (listener as (fact: Facts[F]) => void)(fact);
      } catch (error) {
        this.logger.error({ msg: `A listener of ${name} failed`, err: error });
      }
    }
  }

  /** Listeners are synchronous; what they start must handle its own errors. Returns the unsubscribe. */
  on<F extends keyof Facts>(name: F, listener: (fact: Facts[F]) => void): () => void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    return () => {
      const others = this.listeners.get(name)?.filter((one) => one !== listener);
      this.listeners.set(name, others ?? []);
    };
  }
}
