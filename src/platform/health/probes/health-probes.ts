import { Injectable, Logger } from '@nestjs/common';
import { inTime, OutboundTimeout } from '../../outbound/in-time.js';

/** `off`: not configured, so nothing to look at. */
export type ProbeStatus = 'up' | 'degraded' | 'down' | 'off';

export interface ProbeFinding {
  status: ProbeStatus;
  /** One plain sentence that anybody may read: no secret, address or host name. */
  note?: string;
  /** The same with names of hosts, for callers on this machine. */
  detail?: string;
}

/** One part of the system that can be looked at. A check that throws, or outlives its signal, finds the part down. */
export interface HealthProbe {
  /** The key in the answer of GET /health/advanced. */
  name: string;
  /** How long `up` is believed without another look, in ms: for a look that costs somebody else something. */
  restMs?: number;
  check(signal: AbortSignal): Promise<ProbeFinding>;
}

export interface ProbeReport extends ProbeFinding {
  name: string;
  /** How long the look took, in ms. */
  latencyMs: number;
}

const PATIENCE_MS = 2_500;
/** Anybody may ask, so findings hold for a moment: a flood of questions is one look in five seconds. */
const FRESH_MS = 5_000;

/** Looks at every part that registered, all at once, within 2.5 s, at most every 5 s. */
@Injectable()
export class HealthProbes {
  private readonly logger = new Logger('Health');
  private readonly probes = new Map<string, HealthProbe>();
  private readonly seen = new Map<string, ProbeStatus>();
  /** When a part that rests was last found up. */
  private readonly upAt = new Map<string, number>();
  private lookedAt = -Infinity;
  private reports: Promise<ProbeReport[]> = Promise.resolve([]);

  /** Adds a part; modules do so when they start. Throws when the name is taken. */
  register(probe: HealthProbe): void {
    if (this.probes.has(probe.name)) throw new Error(`There are two health probes named ${probe.name}.`);
    this.probes.set(probe.name, probe);
    this.lookedAt = -Infinity;
  }

  /** What each part is like, in alphabetical order, at most 5 s old. */
  look(): Promise<ProbeReport[]> {
    if (performance.now() - this.lookedAt > FRESH_MS) {
      this.lookedAt = performance.now();
      const probes = [...this.probes.values()].sort((one, other) => one.name.localeCompare(other.name));
      this.reports = Promise.all(probes.map((probe) => this.lookAt(probe)));
    }
    return this.reports;
  }

  private async lookAt(probe: HealthProbe): Promise<ProbeReport> {
    const started = performance.now();
    const finding = await this.find(probe);
    this.logFinding(probe.name, finding);
    return { name: probe.name, ...finding, latencyMs: Math.round((performance.now() - started) * 10) / 10 };
  }

  private async find(probe: HealthProbe): Promise<ProbeFinding> {
    const { name, restMs = 0 } = probe;
    if (performance.now() - (this.upAt.get(name) ?? -Infinity) < restMs) return { status: 'up' };
    try {
      return await inTime(PATIENCE_MS, (signal) => this.check(probe, signal));
    } catch (error) {
      if (error instanceof OutboundTimeout) return { status: 'down', note: 'No answer in time.' };
      // The error may name hosts, so it goes into the log alone.
      this.logger.debug({ msg: `Could not look at ${name}`, err: error });
      return { status: 'down', note: 'It does not answer as it should.' };
    }
  }

  /** An answer that comes too late for this look counts for the next. */
  private async check(probe: HealthProbe, signal: AbortSignal): Promise<ProbeFinding> {
    const finding = await probe.check(signal);
    if (finding.status === 'up') this.upAt.set(probe.name, performance.now());
    return finding;
  }

  /** A line when a part changes, not with every look. */
  private logFinding(name: string, { status, note = '' }: ProbeFinding): void {
    const before = this.seen.get(name) ?? 'up';
    this.seen.set(name, status);
    if (status === before || status === 'off') return;
    if (status === 'up') this.logger.log(`${name} is up again.`);
    else this.logger.warn(`${name} is ${status}. ${note}`.trimEnd());
  }
}
