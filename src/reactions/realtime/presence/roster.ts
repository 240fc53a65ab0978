import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Redis } from '../../../platform/redis/redis.js';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';

interface Entry {
  value: object;
  /** Milliseconds since the epoch; Infinity until it is taken off. */
  until: number;
}

const PREFIX = 'concierge:roster:';
/** What a process that died has left behind is forgotten after this long; living ones renew in time. */
const SHARED_FOR_MS = 60_000;
const RENEW_EVERY_MS = 20_000;

/**
 * Who is somewhere right now: looking at a ticket, in a call, at work. Shared between processes through Redis where there
 * is one; while it is unavailable, or without it, this process knows its own.
 */
@Injectable()
export class Roster implements OnModuleDestroy {
  private readonly own = new Map<string, Map<string, Entry>>();

  constructor(private readonly redis: Redis) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.all(
      [...this.own].flatMap(([group, members]) =>
        [...members.keys()].map((member) => this.remove(group, member)),
      ),
    );
  }

  /** Enters or renews a member of a group, forever or for `lasts` ms. Answers whether it is new in this process. */
  async put(group: string, member: string, value: object, lasts = Infinity): Promise<boolean> {
    const members = this.own.get(group) ?? new Map<string, Entry>();
    const isNew = !members.has(member);
    const entry = { value, until: Date.now() + lasts };
    this.own.set(group, members.set(member, entry));
    await this.share(group, member, entry);
    return isNew;
  }

  async remove(group: string, member: string): Promise<void> {
    const members = this.own.get(group);
    members?.delete(member);
    if (members?.size === 0) this.own.delete(group);
    await this.redis.connection?.attempt((redis) => redis.hDel(PREFIX + group, member));
  }

  /** Everybody in a group, in all processes that can be heard. */
  async list<T extends object>(group: string): Promise<Map<string, T>> {
    const now = Date.now();
    const shared = (await this.redis.connection?.attempt((redis) => redis.hGetAll(PREFIX + group))) ?? {};
    const all = new Map<string, T>();
    for (const [member, text] of Object.entries(shared)) {
      const { value, until } = JSON.parse(text) as Entry;
      if (until > now) all.set(member, value as T);
    }
    for (const [member, { value, until }] of this.own.get(group) ?? []) {
      if (until > now) all.set(member, value as T);
    }
    return all;
  }

  /** Takes off this process's members whose time is over; answers their groups. */
  async expire(): Promise<string[]> {
    const now = Date.now();
    const over = [...this.own].flatMap(([group, members]) =>
      [...members].filter(([, { until }]) => until <= now).map(([member]) => ({ group, member })),
    );
    for (const { group, member } of over) await this.remove(group, member);
    return [...new Set(over.map(({ group }) => group))];
  }

  @Periodic(RENEW_EVERY_MS, 'who is here is not told to other processes')
  async renew(): Promise<void> {
    for (const [group, members] of this.own) {
      for (const [member, entry] of members) await this.share(group, member, entry);
    }
  }

  private async share(group: string, member: string, { value, until }: Entry): Promise<void> {
    const text = JSON.stringify({ value, until: Math.min(until, Date.now() + SHARED_FOR_MS) });
    await this.redis.connection?.attempt((redis) =>
      redis
        .multi()
        .hSet(PREFIX + group, member, text)
        .pExpire(PREFIX + group, SHARED_FOR_MS)
        .exec(),
    );
  }
}
