import { fieldsOf } from '../../client/failure.js';

/** What two sides of a direct call write to each other through `call:signal`. */
export interface Letter {
  /** Who writes: made again for each call on each page, and kept when the socket changes. */
  readonly key: string;
  /** `ask` after entering; `reply` to it. */
  readonly hello?: 'ask' | 'reply';
  readonly description?: RTCSessionDescriptionInit;
  readonly candidates?: readonly RTCIceCandidateInit[];
  readonly media?: MediaState;
}

/** Whether the writer's microphone and camera are on; `camera` also where the screen is the picture. */
export interface MediaState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen?: boolean;
}

/** The letter in a signal, if it is one. */
export function letterFrom(data: unknown): Letter | undefined {
  return typeof fieldsOf(data).key === 'string' ? (data as Letter) : undefined;
}
