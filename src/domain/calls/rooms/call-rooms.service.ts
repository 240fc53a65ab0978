import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { CallType } from '../../../contract/ticket-fields.js';
import { SecretBox } from '../../../platform/crypto/secret-box.js';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { VideoUnavailable } from '../../../platform/video/port/video.errors.js';
import {
  VIDEO_PROVIDER,
  type VideoProvider,
  type VideoRole,
} from '../../../platform/video/port/video-provider.js';
import type { Actor, StaffActor } from '../../auth/actor.js';
import type { CallDraft } from './call-draft.js';
import { callRow, type CallRow } from './call-row.js';
import { toDonorCall, toStaffCall } from './call.mapper.js';
import type { DonorCallResponse, StaffCallResponse } from './call-shapes.js';
import { RoomNames } from './room-names.js';
import { donorBearer, staffBearer } from './call-bearer.js';

/** Tokens live an hour and are renewed when less than this is left, in ms. */
export const TOKEN_LIFE = 60 * 60 * 1_000;
const RENEW_BEFORE = 5 * 60 * 1_000;
/** A room outlives its first tokens, so that a long call can renew them. */
const ROOM_LIFE = 24 * 60 * 60 * 1_000;
/** How long somebody who reads a call waits for its tokens, in ms. */
const READER_PATIENCE = 2_000;
const MOST_TOKENS = 1_000;

export interface CallPerson {
  role: VideoRole;
  userId: string;
  userName?: string | undefined;
}

/** Rooms and tokens of calls: what a call needs from the video provider, sealed for the database. */
@Injectable()
export class CallRooms {
  /** Tokens by call and bearer: a provider over the network is not asked each time that somebody reads a call. */
  private readonly tokens = new LRUCache<string, string>({
    max: MOST_TOKENS,
    ttl: TOKEN_LIFE - RENEW_BEFORE,
  });

  constructor(
    @Inject(VIDEO_PROVIDER) private readonly video: VideoProvider,
    private readonly box: SecretBox,
    private readonly database: Database,
    private readonly names: RoomNames,
  ) {}

  /** True when a room needs no network, so a call can be opened in the ticket's own statement. */
  get local(): boolean {
    return this.video.local;
  }

  /** Opens the room and signs the donor's token, outside any transaction. Throws VideoUnavailable after `deadlineMs` at most. */
  async prepare(
    donor: { donorId: string; donorName: string | null },
    call: { id: string; callType: CallType; initiatedBy: 'donor' | 'admin' },
    deadlineMs?: number,
  ): Promise<CallDraft> {
    const { id } = call;
    const tokensExpireAt = new Date(Date.now() + TOKEN_LIFE);
    const options = { deadlineMs };
    const room = await this.video.createRoom(
      {
        roomName: this.names.nameFor(id),
        callType: call.callType,
        expiresAt: new Date(Date.now() + ROOM_LIFE),
      },
      options,
    );
    const base = { roomName: room.roomName, callId: id, callType: call.callType, expiresAt: tokensExpireAt };
    const userToken = await this.video.issueToken(
      { ...base, role: 'donor', userId: donor.donorId, userName: donor.donorName ?? undefined },
      options,
    );
    return {
      id,
      provider: this.video.name,
      roomName: room.roomName,
      dailyRoomUrl: room.url,
      callType: call.callType,
      initiatedBy: call.initiatedBy,
      sealedUserToken: this.box.seal(userToken),
      tokensExpireAt,
      userToken,
    };
  }

  /** Writes the call; the caller holds the ticket's lock. */
  async insert(tx: Prisma.TransactionClient, ticketId: string, draft: CallDraft): Promise<CallRow> {
    const call = await tx.call.create({
      data: {
        id: draft.id,
        ticketId,
        provider: draft.provider,
        roomName: draft.roomName,
        dailyRoomUrl: draft.dailyRoomUrl,
        callType: draft.callType,
        initiatedBy: draft.initiatedBy,
        userToken: draft.sealedUserToken,
        tokensExpireAt: draft.tokensExpireAt,
      },
    });
    return callRow(call);
  }

  /** A call as this actor may see it: staff with a token of their own. */
  shape(actor: Actor, call: CallRow): Promise<DonorCallResponse | StaffCallResponse> {
    return actor.kind === 'staff' ? this.staffCall(actor, call) : this.donorCall(call, personOf(actor));
  }

  /** A donor's view; with a token of their own when they have a session, else with the one that the call has for anyone who holds the ticket's id. */
  async donorCall(call: CallRow, person: CallPerson | undefined): Promise<DonorCallResponse> {
    const own = person !== undefined && call.status === 'active';
    return toDonorCall(call, await (own ? this.ownToken(call, person) : this.userToken(call)));
  }

  async staffCall(actor: StaffActor, call: CallRow): Promise<StaffCallResponse> {
    const [userToken, adminToken] = await Promise.all([
      this.userToken(call),
      this.ownToken(call, staffPerson(actor)),
    ]);
    return toStaffCall(call, { userToken, adminToken });
  }

  /** A fresh token for one person. Throws VideoUnavailable. */
  tokenFor(call: CallRow, person: CallPerson, deadlineMs?: number): Promise<string> {
    const expiresAt = new Date(Date.now() + TOKEN_LIFE);
    const { roomName, id: callId } = call;
    return this.video.issueToken(
      { roomName, callId, callType: call.callType, expiresAt, ...person },
      { deadlineMs },
    );
  }

  /** The donor's token in the clear; an open call's is renewed before it expires. Null while the provider cannot be reached. */
  private async userToken(call: CallRow): Promise<string | null> {
    const expired = call.status === 'active' && call.tokensExpireAt.getTime() - RENEW_BEFORE < Date.now();
    return expired ? orNull(this.renew(call)) : this.box.open(call.userToken);
  }

  /** One that the provider has to sign is not worth a request once the call has ended. */
  private async ownToken(call: CallRow, person: CallPerson): Promise<string | null> {
    if (call.status === 'ended' && !this.video.local) return null;
    const key = `${call.id} ${person.userId}`;
    const known = this.tokens.get(key);
    if (known !== undefined) return known;
    const token = await orNull(this.tokenFor(call, person, READER_PATIENCE));
    if (token !== null) this.tokens.set(key, token);
    return token;
  }

  private async renew(call: CallRow): Promise<string> {
    const { donorId, donorName } = await this.database.ticket.findUniqueOrThrow({
      where: { id: call.ticketId },
      select: { donorId: true, donorName: true },
    });
    const tokensExpireAt = new Date(Date.now() + TOKEN_LIFE);
    const donor = { role: 'donor', userId: donorId, userName: donorName ?? undefined } as const;
    const userToken = await this.tokenFor(call, donor, READER_PATIENCE);
    await this.database.call.updateMany({
      where: { id: call.id, status: 'active' },
      data: { userToken: this.box.seal(userToken), tokensExpireAt },
    });
    return userToken;
  }
}

function staffPerson(actor: StaffActor): CallPerson {
  return { role: 'admin', userId: staffBearer(actor), userName: actor.name };
}

/** Who a token is for, in the name of the login or session that asks for it; nobody in particular without one. */
export function personOf(actor: Actor): CallPerson | undefined {
  switch (actor.kind) {
    case 'staff':
      return staffPerson(actor);
    case 'donor':
      return { role: 'donor', userId: donorBearer(actor), userName: actor.name ?? undefined };
    case 'link':
    case 'system':
      return undefined;
  }
}

async function orNull(token: Promise<string>): Promise<string | null> {
  try {
    return await token;
  } catch (error) {
    if (error instanceof VideoUnavailable) return null;
    throw error;
  }
}
