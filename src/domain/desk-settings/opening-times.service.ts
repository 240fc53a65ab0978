import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { dueAfter } from './business-hours.js';
import { CurrentDeskSettings } from './current-desk-settings.service.js';
import { businessHoursOf } from './desk-settings-row.js';

/** When the desk has had time for something. */
@Injectable()
export class OpeningTimes {
  constructor(
    private readonly current: CurrentDeskSettings,
    private readonly clock: Clock,
  ) {}

  /** By when something is due for which the desk takes this long while it is open, in ms. */
  async dueWithin(ms: number): Promise<Date> {
    return dueAfter(businessHoursOf(await this.current.read()), this.clock.now(), ms);
  }
}
