import { Injectable } from '@nestjs/common';
import { PushRefused } from './push.errors.js';
import { Pusher } from './pusher.js';

/** Stands in where no Firebase account is configured: nothing can be sent, and every caller gets an error that says so. */
@Injectable()
export class NoPush extends Pusher {
  readonly isConfigured = false;

  send(): Promise<void> {
    return this.check();
  }

  check(): Promise<void> {
    return Promise.reject(new PushRefused('FIREBASE_PROJECT_ID is not set'));
  }
}
