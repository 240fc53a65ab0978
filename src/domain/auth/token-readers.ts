import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DonorActor, StaffActor } from './actor.js';
import { tokenInvalid } from './auth.errors.js';
import { verifySignature, type TokenClaims } from './signed-token.js';

/** Longer texts are no token of any kind. */
const MAX_TOKEN_LENGTH = 4_096;

export type TokenActor = StaffActor | DonorActor;

/** Who holds a token, and when it ends. */
export interface Known {
  actor: TokenActor;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Reads random tokens, whose hashes the database holds. */
export interface OpaqueTokenReader {
  kind: 'opaque';
  /** Returns whether a token looks like one of this reader's; no other reader may say so too. */
  recognizes(token: string): boolean;
  /** Returns who holds the token. Throws 401 with a plain reason. */
  read(token: string): Promise<Known>;
}

/** Reads signed tokens (JWT, RFC 7519). */
export interface SignedTokenReader {
  kind: 'signed';
  /** Returns whether a token looks like one of this reader's; no other reader may say so too. */
  recognizes(token: string): boolean;
  /** Returns the signer that a token names, before its signature is verified; nothing when nobody trusted can have signed it. */
  signerOf(token: string): TokenSigner | undefined;
}

/** Who may have signed a token. */
export interface TokenSigner {
  key: KeyObject;
  /** Returns who holds a token with these claims, after `key` has verified them. Throws 401 with a plain reason. */
  admit(claims: TokenClaims): Promise<Known>;
}

export type TokenReader = OpaqueTokenReader | SignedTokenReader;

/** The kinds of tokens that open this desk. Each kind registers its reader; HTTP requests and sockets ask the same ones. */
@Injectable()
export class TokenReaders {
  private readonly opaque: OpaqueTokenReader[] = [];
  private readonly signed: SignedTokenReader[] = [];

  register(reader: TokenReader): void {
    if (reader.kind === 'opaque') this.opaque.push(reader);
    else this.signed.push(reader);
  }

  opaqueReaderOf(token: string): OpaqueTokenReader | undefined {
    return canBeToken(token) ? this.opaque.find((reader) => reader.recognizes(token)) : undefined;
  }

  signedReaderOf(token: string): SignedTokenReader | undefined {
    return canBeToken(token) ? this.signed.find((reader) => reader.recognizes(token)) : undefined;
  }

  /** Returns who holds a token of any kind. Throws 401 with a plain reason. */
  async read(token: string): Promise<Known> {
    const opaque = this.opaqueReaderOf(token);
    if (opaque !== undefined) return opaque.read(token);
    const signer = this.signedReaderOf(token)?.signerOf(token);
    if (signer === undefined) throw tokenInvalid();
    return signer.admit(verifySignature(token, signer.key));
  }
}

function canBeToken(token: string): boolean {
  return token !== '' && token.length <= MAX_TOKEN_LENGTH;
}
