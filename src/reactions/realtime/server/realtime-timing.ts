import { Injectable } from '@nestjs/common';

/** How long things take, in milliseconds. One object an application, so that a test can be impatient. */
@Injectable()
export class RealtimeTiming {
  /** A socket that has proved nothing by then is closed. */
  proveWithin = 10_000;
  /** How often each ticket's followers are told how far its log reaches. */
  headEvery = 15_000;
  /** How often tokens are looked at again; with the 5 s promised for a revocation there is room to spare. */
  sweepEvery = 2_500;
  /** Somebody who does not renew "I am looking at this ticket" is taken to have left. */
  viewingLasts = 30_000;
  viewersEvery = 5_000;
  presenceEvery = 5_000;
  /** A page that reloads is offline for this long without anybody being told. */
  presenceGrace = 3_000;
  slowEvery = 500;
}
