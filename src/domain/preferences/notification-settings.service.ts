import { Injectable } from '@nestjs/common';
import {
  DEFAULT_CHOICES,
  DEFAULT_SOUNDS,
  NOTIFICATION_GROUPS,
  type NotificationChoices,
  type QuietHours,
  type SoundChoices,
} from '../../contract/notifications.js';
import { Database } from '../../platform/database/database.service.js';

export interface NotificationPreferences {
  choices: NotificationChoices;
  quietHours: QuietHours | null;
  sounds: SoundChoices;
}

/** Without `sounds`, those that were chosen before stay. */
export type NotificationChange = Omit<NotificationPreferences, 'sounds'> & { sounds?: SoundChoices };

/** What each member of staff wants to be notified of. A person who has never set anything gets the defaults. */
@Injectable()
export class NotificationSettings {
  constructor(private readonly database: Database) {}

  async read(userId: number): Promise<NotificationPreferences> {
    const row = await this.database.notificationSettings.findUnique({ where: { userId } });
    return {
      choices: complete(row?.choices as Partial<NotificationChoices> | undefined),
      quietHours: (row?.quietHours ?? null) as QuietHours | null,
      sounds: { ...DEFAULT_SOUNDS, ...(row?.sounds as Partial<SoundChoices> | undefined) },
    };
  }

  async set(userId: number, { choices, quietHours, sounds }: NotificationChange): Promise<void> {
    const written = JSON.stringify(quietHours);
    await this.database.$executeRaw`
      INSERT INTO notification_settings AS s (user_id, choices, quiet_hours, sounds)
      VALUES (${userId}::int, ${JSON.stringify(choices)}::jsonb, NULLIF(${written}::jsonb, 'null'::jsonb),
              ${JSON.stringify(sounds ?? {})}::jsonb)
      ON CONFLICT (user_id) DO UPDATE
        SET choices = EXCLUDED.choices, quiet_hours = EXCLUDED.quiet_hours, updated_at = now(),
            sounds = s.sounds || EXCLUDED.sounds`;
  }
}

/** A group that came later than the row has its default. */
function complete(choices: Partial<NotificationChoices> = {}): NotificationChoices {
  const entries = NOTIFICATION_GROUPS.map((group) => [
    group,
    { ...DEFAULT_CHOICES[group], ...choices[group] },
  ]);
  return Object.fromEntries(entries) as NotificationChoices;
}
