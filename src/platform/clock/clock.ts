import { Injectable } from '@nestjs/common';

/** The time that decisions are made by. Tests set it, so that they wait for nothing and mean the same at any hour. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
