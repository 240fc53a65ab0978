import { Injectable } from '@nestjs/common';

/** The time of day that quiet hours are compared with. Tests set it, so that they mean the same at any hour. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
