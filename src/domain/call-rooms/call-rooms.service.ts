import { Inject, Injectable } from '@nestjs/common';
import type { CallType } from '../../contract/ticket-fields.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { VideoUnavailable } from '../../platform/video/video.errors.js';
import { VIDEO_PROVIDER, type VideoProvider, type VideoRole } from '../../platform/video/video-provider.js';
import { RoomNames } from './room-names.js';
import type { CallDraft, CallRow, CallTokensPlain } from './call-draft.js';

/** Tokens live an hour (S1 §Room Creation) and are renewed when less than this is left, in ms. */
const TOKEN_LIFE = 60 * 60 * 1_000;
const RENEW_BEFORE = 5 * 60 * 1_000;
/** A room outlives its first tokens, so that a long call can renew them. */
const ROOM_LIFE = 24 * 60 * 60 * 1_000;

export interface CallPerson {
  role: VideoRole;
  userId: string;
  userName?: string | undefined;
}

/** Rooms and tokens of calls: what a call needs from the video provider, sealed for the database. */
@Injectable()
export class CallRooms {
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

  /** Opens the room and both tokens, outside any transaction. Throws VideoUnavailable after `deadlineMs` at most. */
  async prepare(
    donor: { donorId: string; donorName: string | null },
    call: { id: string; callType: CallType; initiatedBy: 'donor' | 'admin' },
    deadlineMs?: number,
  ): Promise<CallDraft> {
    const { id } = call;
    const tokensExpireAt = new Date(Date.now() + TOKEN_LIFE);
    const options = { deadlineMs };
    const room = await this.video.createRoom(
      { roomName: this.names.of(id), callType: call.callType, expiresAt: new Date(Date.now() + ROOM_LIFE) },
      options,
    );
    const base = { roomName: room.roomName, callId: id, callType: call.callType, expiresAt: tokensExpireAt };
    const [userToken, adminToken] = await Promise.all([
      this.video.issueToken(
        { ...base, role: 'donor', userId: donor.donorId, userName: donor.donorName ?? undefined },
        options,
      ),
      this.video.issueToken({ ...base, role: 'admin', userId: 'staff' }, options),
    ]);
    return {
      id,
      provider: this.video.name,
      roomName: room.roomName,
      dailyRoomUrl: room.url,
      callType: call.callType,
      initiatedBy: call.initiatedBy,
      sealedUserToken: this.box.seal(userToken),
      sealedAdminToken: this.box.seal(adminToken),
      tokensExpireAt,
      tokens: { userToken, adminToken },
    };
  }

  /** Writes the call; the caller holds the ticket's lock. */
  insert(tx: Prisma.TransactionClient, ticketId: string, draft: CallDraft): Promise<CallRow> {
    return tx.call.create({
      data: {
        id: draft.id,
        ticketId,
        provider: draft.provider,
        roomName: draft.roomName,
        dailyRoomUrl: draft.dailyRoomUrl,
        callType: draft.callType,
        initiatedBy: draft.initiatedBy,
        userToken: draft.sealedUserToken,
        adminToken: draft.sealedAdminToken,
        tokensExpireAt: draft.tokensExpireAt,
      },
    });
  }

  /** The tokens of a call in the clear; an open call's are renewed before they expire, an unreachable provider gives null. */
  async tokens(call: CallRow): Promise<CallTokensPlain> {
    const expired = call.status === 'active' && call.tokensExpireAt.getTime() - RENEW_BEFORE < Date.now();
    if (!expired)
      return { userToken: this.box.open(call.userToken), adminToken: this.box.open(call.adminToken) };
    try {
      return await this.renew(call);
    } catch (error) {
      if (error instanceof VideoUnavailable) return { userToken: null, adminToken: null };
      throw error;
    }
  }

  /** A fresh token for one person. Throws VideoUnavailable. */
  tokenFor(call: CallRow, person: CallPerson, deadlineMs?: number): Promise<string> {
    const expiresAt = new Date(Date.now() + TOKEN_LIFE);
    const { roomName, id: callId } = call;
    return this.video.issueToken(
      { roomName, callId, callType: call.callType as CallType, expiresAt, ...person },
      { deadlineMs },
    );
  }

  private async renew(call: CallRow): Promise<CallTokensPlain> {
    const ticket = await this.database.ticket.findUniqueOrThrow({
      where: { id: call.ticketId },
      select: { donorId: true, donorName: true },
    });
    const tokensExpireAt = new Date(Date.now() + TOKEN_LIFE);
    const [userToken, adminToken] = await Promise.all([
      this.tokenFor(
        call,
        { role: 'donor', userId: ticket.donorId, userName: ticket.donorName ?? undefined },
        2_000,
      ),
      this.tokenFor(call, { role: 'admin', userId: 'staff' }, 2_000),
    ]);
    await this.database.call.updateMany({
      where: { id: call.id, status: 'active' },
      data: { userToken: this.box.seal(userToken), adminToken: this.box.seal(adminToken), tokensExpireAt },
    });
    return { userToken, adminToken };
  }
}
