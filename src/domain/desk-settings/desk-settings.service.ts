import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { mailLocale } from '../../platform/mail/mail-locale.js';
import { AuditLog } from '../audit/audit-log.js';
import type { StaffActor } from '../auth/actor.js';
import { StaffPresence } from '../presence/staff-presence.service.js';
import { isOpenAt, nextOpening } from './business-hours.js';
import { CurrentDeskSettings } from './current-desk-settings.service.js';
import { columnsOf, changedFields } from './desk-settings-change.js';
import { businessHoursOf, logoUrlOf, ONLY, settingsOf, type Settings } from './desk-settings-row.js';
import type { DeskResponse, DeskSettingsResponse, UpdateDeskSettingsDto } from './desk-settings.dto.js';
import { settingsChanged } from './desk-settings.errors.js';

/** What was there before a change, and what is there now. */
export interface Change {
  before: Settings;
  after: Settings;
}

/** What the charity says of its desk: read by everybody, changed by super admins. */
@Injectable()
export class DeskSettingsService {
  constructor(
    private readonly database: Database,
    private readonly current: CurrentDeskSettings,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly presence: StaffPresence,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What donors may know; the greeting in a language, else in English. */
  async publicDesk(language: string): Promise<DeskResponse> {
    const settings = await this.current.read();
    const { name, colour, logo, greetings, expectedReplyMinutes } = settings;
    return {
      ...{ name, colour, expectedReplyMinutes },
      logoUrl: logoUrlOf(logo),
      greeting: greetings[mailLocale(language)] ?? greetings.en ?? null,
      hours: this.hoursNow(settings),
      canCall: await this.presence.canTakeCall(),
    };
  }

  /** From the database: a change starts from what is there. */
  async settings(): Promise<DeskSettingsResponse> {
    const row = await this.database.deskSettings.findUniqueOrThrow({ where: { id: ONLY } });
    return this.toResponse(settingsOf(row));
  }

  /** Throws 400 for hours, days or origins that cannot be, and 409 when `version` is no longer the current one. */
  async update(actor: StaffActor, { version, ...dto }: UpdateDeskSettingsDto): Promise<DeskSettingsResponse> {
    const wanted = columnsOf(dto);
    const { after } = await this.change(actor, (before) => {
      if (before.version !== version) throw settingsChanged(before.version);
      return changedFields(before, wanted);
    });
    return this.toResponse(after);
  }

  /** Writes changed columns beside their audit entry, and tells this process; nothing when nothing changed. */
  async change(
    actor: StaffActor,
    decide: (before: Settings) => Prisma.DeskSettingsUpdateInput,
  ): Promise<Change> {
    const change = await this.database.$transaction(async (tx) => {
      const before = settingsOf(await tx.deskSettings.findUniqueOrThrow({ where: { id: ONLY } }));
      const data = decide(before);
      const fields = Object.keys(data);
      if (fields.length === 0) return { before, after: before };
      // Of two changes that were made from the same version one finds no row.
      const { count } = await tx.deskSettings.updateMany({
        where: { id: ONLY, version: before.version },
        data: { ...data, version: { increment: 1 } },
      });
      if (count === 0) throw settingsChanged(before.version + 1);
      await this.audit.record({ action: 'desk.updated', actor, data: { fields } }, tx);
      return {
        before,
        after: settingsOf(await tx.deskSettings.findUniqueOrThrow({ where: { id: ONLY } })),
      };
    });
    this.current.hold(change.after);
    return change;
  }

  toResponse(settings: Settings): DeskSettingsResponse {
    const { version, name, colour, greetings, expectedReplyMinutes, timeZone, hours, holidays } = settings;
    return {
      ...{ version, name, colour, greetings, expectedReplyMinutes, timeZone, hours, holidays },
      logoUrl: logoUrlOf(settings.logo),
      widgetOrigins: settings.widgetOrigins,
      configuredOrigins: this.config.corsOrigins,
      autoCloseDays: settings.autoCloseDays,
      retentionDays: settings.retentionDays,
      updatedAt: settings.updatedAt,
    };
  }

  private hoursNow(settings: Settings): DeskResponse['hours'] {
    if (settings.hours.length === 0) return null;
    const [hours, now] = [businessHoursOf(settings), this.clock.now()];
    const isOpen = isOpenAt(hours, now);
    const opensAt = isOpen ? null : (nextOpening(hours, now) ?? null);
    return { isOpen, opensAt, timeZone: settings.timeZone };
  }
}
