import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { DeskProfile } from '../../platform/desk-profile/desk-profile.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { Periodic } from '../../platform/schedule/periodic.decorator.js';
import { ONLY, profileOf, settingsOf, type Settings } from './desk-settings-row.js';
import './desk-settings.events.js';

/** How long other processes may take to see a change. */
const LOOK_EVERY_MS = 3_000;

/** The settings as this process knows them: it looks for a new version every few seconds, and tells what depends on them. */
@Injectable()
export class CurrentDeskSettings implements OnApplicationBootstrap {
  private held: Settings | undefined;

  constructor(
    private readonly database: Database,
    private readonly profile: DeskProfile,
    private readonly bus: EventBus,
  ) {}

  /** Before the first request, so that no page is turned away by origins that are not read yet. */
  async onApplicationBootstrap(): Promise<void> {
    await this.look();
  }

  async read(): Promise<Settings> {
    return this.held ?? (await this.load());
  }

  @Periodic(LOOK_EVERY_MS, 'changes of the settings of the desk are not noticed')
  async look(): Promise<void> {
    const { version } = await this.database.deskSettings.findUniqueOrThrow({
      where: { id: ONLY },
      select: { version: true },
    });
    if (version === this.held?.version) return;
    // A database that was restored from a backup may be behind what is known here.
    if (this.held !== undefined && version < this.held.version) this.held = { ...this.held, version: 0 };
    await this.load();
  }

  /** Takes over what this process has just written or read. */
  hold(settings: Settings): void {
    const before = this.held;
    if (before !== undefined && settings.version <= before.version) return;
    this.held = settings;
    const profile = profileOf(settings);
    this.profile.set(profile);
    if (before !== undefined) this.bus.publish('desk.changed', profile);
  }

  private async load(): Promise<Settings> {
    const settings = settingsOf(await this.database.deskSettings.findUniqueOrThrow({ where: { id: ONLY } }));
    this.hold(settings);
    return settings;
  }
}
