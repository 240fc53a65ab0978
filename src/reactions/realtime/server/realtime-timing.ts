import { Injectable } from '@nestjs/common';

/** How often each ticket's followers are told how far its log reaches. */
export const HEAD_EVERY_MS = 15_000;
/** How often tokens are looked at again; with the 5 s promised for a revocation there is room to spare. */
export const SWEEP_EVERY_MS = 2_500;
export const VIEWERS_EVERY_MS = 5_000;
export const PRESENCE_EVERY_MS = 5_000;
export const SLOW_EVERY_MS = 500;

/** How long things take, in milliseconds. One object an application, so that a test can be impatient. */
@Injectable()
export class RealtimeTiming {
  /** A socket that has proved nothing by then is closed. */
  proveWithin = 10_000;
  /** Somebody who does not renew "I am looking at this ticket" is taken to have left. */
  viewingLasts = 30_000;
  /** A page that reloads is offline for this long without anybody being told. */
  presenceGrace = 3_000;
}
