import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthProbes, type ProbeFinding } from '../health/probes/health-probes.js';
import { Metrics } from '../metrics/metrics.js';
import { VideoUnavailable } from './port/video.errors.js';
import { VIDEO_PROVIDER, type VideoProvider } from './port/video-provider.js';

const PATIENCE_MS = 2_000;
/** Anybody may ask how we are, and vendors count requests: in between, what calls have met tells enough. */
const PING_EVERY_MS = 30_000;

/** Whether calls can be opened: the vendor's answer, twice a minute at most, and the state of its circuit. */
@Injectable()
export class VideoProbe implements OnModuleInit {
  private pingedAt = -Infinity;

  constructor(
    @Inject(VIDEO_PROVIDER) private readonly video: VideoProvider,
    private readonly probes: HealthProbes,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.probes.register({ name: 'video', check: () => this.check() });
    this.metrics.add({
      name: 'concierge_video_status',
      help: '1 for what the video provider is like now: up, degraded or down (the circuit is open).',
      type: 'gauge',
      labels: ['provider', 'status'],
      read: () =>
        ['up', 'degraded', 'down'].map((status) => ({
          labels: { provider: this.video.name, status },
          value: this.video.health().status === status ? 1 : 0,
        })),
    });
  }

  private async check(): Promise<ProbeFinding> {
    if (performance.now() - this.pingedAt > PING_EVERY_MS) {
      this.pingedAt = performance.now();
      await this.ping();
    }
    const { status, detail } = this.video.health();
    return { status, note: `${this.video.name}: ${detail}` };
  }

  private async ping(): Promise<void> {
    try {
      await this.video.ping({ deadlineMs: PATIENCE_MS });
    } catch (error) {
      // The circuit has counted it, and health() tells.
      if (!(error instanceof VideoUnavailable)) throw error;
    }
  }
}
