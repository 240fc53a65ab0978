import { createVerify, generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../../src/platform/config/config.js';
import { LoopbackServer } from './loopback-server.js';

/** What goes wrong with one push. `lost-answer` takes it and cuts the line instead of saying so. */
export type FcmFault =
  | { kind: 'error'; status: number; code?: string; message?: string; retryAfter?: string }
  | { kind: 'hang' }
  | { kind: 'garbage' }
  | { kind: 'lost-answer' };

/** A message as FCM's HTTP v1 has it, as far as tests look. */
export interface FcmMessage {
  token: string;
  notification: { title: string; body: string };
  data: Record<string, string>;
  android: { collapse_key?: string; notification?: { tag?: string } };
  apns: { headers: Record<string, string> };
}

const ACCOUNT = 'desk@concierge-test.iam.gserviceaccount.com';
const PROJECT = 'concierge-test';
const ACCESS_TOKEN = 'ya29.fake';
/** Made once: a key takes a while. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A real HTTP server on a loopback port that speaks Google's token exchange and FCM's HTTP v1 send. */
export class FakeFcm extends LoopbackServer {
  /** What was taken, duplicates included, in order. */
  readonly messages: FcmMessage[] = [];
  /** How many sends reached the server, whatever became of them. */
  tries = 0;
  /** Sends that were only to be looked at (`validate_only`) and were found good. */
  dryRuns = 0;
  tokensIssued = 0;
  private readonly gone = new Set<string>();
  private readonly faults: FcmFault[] = [];

  static async start(): Promise<FakeFcm> {
    const fcm = new FakeFcm();
    await fcm.up();
    return fcm;
  }

  /** How to reach it, as the product's configuration. */
  get config(): Config['push'] {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const apiUrl = this.origin;
    return { projectId: PROJECT, clientEmail: ACCOUNT, privateKey: pem, apiUrl, preview: true };
  }

  /** The same as environment variables, the key on one line. */
  get env(): Record<string, string> {
    const { privateKey: pem, apiUrl } = this.config;
    return {
      FIREBASE_PROJECT_ID: PROJECT,
      FIREBASE_CLIENT_EMAIL: ACCOUNT,
      FIREBASE_PRIVATE_KEY: pem?.replaceAll('\n', '\\n') ?? '',
      FIREBASE_API_URL: apiUrl ?? '',
    };
  }

  /** The next sends meet these faults, one each. */
  fail(...faults: FcmFault[]): void {
    this.faults.push(...faults);
  }

  /** From now on this token belongs to an app that was removed. */
  unregister(token: string): void {
    this.gone.add(token);
  }

  to(token: string): FcmMessage[] {
    return this.messages.filter((message) => message.token === token);
  }

  protected override answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    if (request.url?.endsWith('/token') === true) this.issueToken(body.toString(), response);
    else if (request.url === `/v1/projects/${PROJECT}/messages:send`) this.take(request, body, response);
    else reply(response, 404, {});
  }

  /** RFC 7523: a JWT signed by the account's key buys an access token. */
  private issueToken(form: string, response: ServerResponse): void {
    const assertion = new URLSearchParams(form).get('assertion') ?? '';
    const [head = '', claims = '', signature = ''] = assertion.split('.');
    const isSigned = createVerify('RSA-SHA256')
      .update(`${head}.${claims}`)
      .verify(publicKey, signature, 'base64url');
    const { iss } = isSigned
      ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string })
      : {};
    if (iss !== ACCOUNT) {
      reply(response, 400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
      return;
    }
    this.tokensIssued += 1;
    reply(response, 200, { access_token: ACCESS_TOKEN, expires_in: 3_599, token_type: 'Bearer' });
  }

  private take(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    this.tries += 1;
    const { message, validate_only: isDryRun = false } = JSON.parse(body.toString()) as {
      message: FcmMessage;
      validate_only?: boolean;
    };
    const fault = this.faults.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'garbage') {
      response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oops</h1>');
    } else if (fault?.kind === 'error') {
      refuse(response, fault);
    } else if (request.headers.authorization !== `Bearer ${ACCESS_TOKEN}`) {
      refuse(response, { status: 401, code: 'UNAUTHENTICATED' });
    } else if (body.length > 4_096) {
      refuse(response, { status: 400, code: 'INVALID_ARGUMENT', message: 'Message too big' });
    } else if (this.gone.has(message.token)) {
      refuse(response, { status: 404, code: 'UNREGISTERED' });
    } else if (isDryRun) {
      this.dryRuns += 1;
      reply(response, 200, { name: `projects/${PROJECT}/messages/fake_message_id` });
    } else {
      this.messages.push(message);
      if (fault?.kind === 'lost-answer') request.socket.destroy();
      else reply(response, 200, { name: `projects/${PROJECT}/messages/${this.messages.length}` });
    }
  }
}

interface Refusal {
  status: number;
  code?: string;
  message?: string;
  retryAfter?: string;
}

function refuse(response: ServerResponse, { status, code, message = 'No', retryAfter }: Refusal): void {
  const details =
    code === undefined
      ? []
      : [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: code }];
  const error = { code: status, message, status: code ?? 'UNKNOWN', details };
  reply(response, status, { error }, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
}

function reply(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(JSON.stringify(body));
}
