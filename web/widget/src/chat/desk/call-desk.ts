import type { Call, CallView } from '../../../../shared/call/call.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import type { Connection } from '../../../../client/live/connection.js';
import type * as room from '../../call/call-room.js';
import type { Left } from '../data/device-store.js';
import type { DonorApi } from '../data/donor-api.js';
import { Store } from '../data/store.js';
import type { Thread } from '../data/thread.js';

type Room = typeof room;

export interface CallDeskState {
  readonly ticketId?: string;
  readonly callId?: string;
  readonly video: boolean;
  /** Missing while the call's code and its token are on the way. */
  readonly view?: CallView;
  /** Why there is no call. */
  readonly failure?: Failure;
  /** What draws the call; loaded with the first one. */
  readonly room?: Room;
}

/** The call this page takes part in; at most one. */
export class CallDesk extends Store<CallDeskState> {
  readonly #root: ShadowRoot;
  readonly #api: DonorApi;
  readonly #connection: () => Connection;
  /** Daily's frame is put into it. */
  readonly frame = document.createElement('div');
  #call?: Call;
  /** The call that the donor was in last, here or on the page before in this tab. */
  #last?: string;
  #rejoin = false;

  constructor(root: ShadowRoot, api: DonorApi, connection: () => Connection) {
    super({ video: false });
    this.#root = root;
    this.#api = api;
    this.#connection = connection;
    this.frame.className = 'frame';
  }

  get call(): Call | undefined {
    return this.#call;
  }

  /** On the page that was left. */
  wasIn(left: Left | undefined): void {
    this.#last = left?.callId;
    this.#rejoin = left?.rejoin === true;
  }

  /** Whether the donor comes back into this call. */
  isBack(callId: string): boolean {
    return callId === this.#last;
  }

  async join({ ticketId, call }: Thread): Promise<void> {
    if (!call || this.state.callId !== undefined) return;
    const { id } = call;
    this.#last = id;
    this.#rejoin = false;
    this.set({ ticketId, callId: id, video: call.video, view: undefined, failure: undefined });
    try {
      const [loaded, joined] = await Promise.all([this.#room(), this.#api.join(id)]);
      if (!this.#isIn(id)) return;
      this.set({ room: loaded });
      this.#call = await loaded.createCall({
        joined,
        connection: this.#connection(),
        end: () => this.#api.endCall(id),
        rejoin: () => this.#api.join(id),
        frame: this.frame,
        onChange: (view) => this.#onView(id, view),
      });
      this.#onView(id, this.#call.view);
    } catch (error) {
      this.set({ callId: undefined, failure: asFailure(error) });
    }
  }

  /** Ends the call for everybody. */
  async hangUp(): Promise<void> {
    const call = this.#call;
    this.#call = undefined;
    this.set({ callId: undefined, view: undefined });
    try {
      await call?.hangUp();
    } catch (error) {
      this.set({ failure: asFailure(error) });
    }
  }

  /** The ticket's stream knows when the call is over, even if the call itself has lost its way. */
  onThread(thread: Thread): void {
    const { ticketId, call } = thread;
    if (this.state.ticketId === ticketId && this.state.callId !== undefined && call?.id !== this.state.callId)
      this.close();
    if (this.#rejoin && call && this.isBack(call.id)) void this.join(thread);
  }

  close(): void {
    const call = this.#call;
    this.#call = undefined;
    this.set({ callId: undefined, view: undefined });
    call?.leave();
  }

  forgetFailure(): void {
    this.set({ failure: undefined });
  }

  #isIn(callId: string): boolean {
    return this.state.callId === callId;
  }

  async #room(): Promise<Room> {
    const loaded = await import('../../call/call-room.js');
    await loaded.furnish(this.#root);
    return loaded;
  }

  #onView(callId: string, view: CallView): void {
    if (!this.#isIn(callId)) return;
    if (view.phase !== 'ended' && view.phase !== 'failed') {
      this.set({ view });
      return;
    }
    this.#call = undefined;
    this.set({ callId: undefined, view: undefined, failure: view.reason });
  }
}
