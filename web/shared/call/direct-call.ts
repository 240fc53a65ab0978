import type { CallPeer } from '../../../src/contract/socket-events.js';
import { serverNow } from '../../client/clock.js';
import { asFailure, fieldsOf, type Failure } from '../../client/failure.js';
import type { DeviceKind } from './devices.js';
import type { Call, CallOptions, CallPhase, CallView, RemotePeer } from './call-view.js';
import { letterFrom, type Letter, type MediaState } from './letters.js';
import { LocalMedia } from './local-media.js';
import { Mailbox } from './mailbox.js';
import { onNetworkChange, onPage } from './page-signals.js';
import { PeerLink } from './peer-link.js';

/** Somebody else in the call, as long as we have a way to them. */
interface Partner {
  readonly key: string;
  readonly link: PeerLink;
  /** The socket behind which they are now. */
  id: string;
  peer: CallPeer | undefined;
  media: MediaState;
  /** Set while they are not in the call's roster: forgets them if they do not come back. */
  gone?: ReturnType<typeof setTimeout>;
}

/** How long somebody whose socket is gone is waited for, in ms: media may flow on meanwhile. */
const RETURN_MS = 10_000;

/** A call straight between browsers; our own gateway carries the letters with which they find each other. */
export class DirectCall implements Call {
  readonly #options: CallOptions;
  readonly #key = crypto.getRandomValues(new Uint32Array(4)).join('-');
  readonly #media: LocalMedia;
  readonly #mailbox: Mailbox;
  readonly #partners = new Map<string, Partner>();
  readonly #stops: (() => void)[] = [];
  #roster: readonly CallPeer[] = [];
  #token: string;
  #entered = false;
  #entering = false;
  #final?: { readonly phase: 'ended' | 'failed'; readonly reason?: Failure };
  #since?: number;
  #view: CallView;

  constructor(options: CallOptions) {
    const { joined, connection, setup = {} } = options;
    this.#options = options;
    this.#token = joined.token;
    this.#since = setup.since;
    this.#media = new LocalMedia({
      wantsCamera: joined.callType === 'video',
      setup,
      onTrack: (kind, track) => {
        for (const { link } of this.#partners.values()) void link.send(kind, track);
      },
      onChange: () => {
        if (this.#entered) this.#write(undefined, {});
        this.#show();
      },
    });
    this.#mailbox = new Mailbox(connection, joined.id);
    this.#view = this.#look();
    void this.#start();
  }

  get view(): CallView {
    return this.#view;
  }

  setMicrophone(on: boolean): void {
    void this.#media.setMicrophone(on);
  }

  setCamera(on: boolean): void {
    void this.#media.setCamera(on);
  }

  choose(kind: DeviceKind, id: string): void {
    void this.#media.choose(kind, id);
  }

  shareScreen(on: boolean): void {
    void this.#media.shareScreen(on);
  }

  async hangUp(): Promise<void> {
    this.leave();
    await this.#options.end();
  }

  leave(): void {
    this.#mailbox.leave();
    this.#finish('ended');
  }

  async #start(): Promise<void> {
    await this.#media.open();
    if (this.#final) {
      this.#media.close();
      return;
    }
    const { connection, joined } = this.#options;
    this.#stops.push(
      connection.on('call:signal', (signal) => this.#onSignal(fieldsOf(signal))),
      connection.on('call:peers', (change) => {
        const { callId, peers, ended } = fieldsOf(change);
        if (callId !== joined.id) return;
        if (ended === true) this.#finish('ended');
        else this.#setRoster(peers as CallPeer[]);
      }),
      connection.on('call:ended', (event) => {
        if (fieldsOf(event).callId === joined.id) this.#finish('ended');
      }),
      connection.onState((state) => {
        if (state === 'online') void this.#enter();
        this.#show();
      }),
      onNetworkChange(() => {
        for (const { link } of this.#partners.values()) link.restart();
      }),
      onPage({
        // Who closes the page has left; the others need not wait for the socket to be missed.
        hide: () => this.#mailbox.leave(),
        // Back from the browser's cache of pages.
        show: () => void this.#enter(),
      }),
    );
    await this.#enter();
  }

  /** Also after each reconnection: the socket is a new one. */
  async #enter(): Promise<void> {
    if (this.#entering) {
      this.#mailbox.wake();
      return;
    }
    this.#entering = true;
    try {
      this.#offerTo(await this.#mailbox.enter(this.#token));
    } catch (error) {
      await this.#onRefusal(asFailure(error));
    } finally {
      this.#entering = false;
    }
  }

  /** Anyone who enters greets those who are there. */
  #offerTo(peers: readonly CallPeer[]): void {
    if (this.#final) return;
    this.#entered = true;
    this.#setRoster(peers);
    for (const { id } of this.#roster) this.#write(id, { hello: 'ask' });
  }

  /** A token that has run out is renewed once. */
  async #onRefusal(failure: Failure): Promise<void> {
    if (failure.code !== 'FORBIDDEN') {
      this.#stopFor(failure);
      return;
    }
    try {
      this.#token = (await this.#options.rejoin()).token;
      this.#offerTo(await this.#mailbox.enter(this.#token));
    } catch (error) {
      this.#stopFor(asFailure(error));
    }
  }

  #stopFor(failure: Failure): void {
    if (failure.code === 'CALL_ENDED') this.#finish('ended');
    else this.#finish('failed', failure);
  }

  #onSignal({ callId, from, data }: Readonly<Record<string, unknown>>): void {
    const letter = letterFrom(data);
    if (callId !== this.#options.joined.id || typeof from !== 'string' || !letter || this.#final) return;
    const known = this.#partners.get(letter.key);
    if (known) this.#meetAgain(known, from, letter);
    else if (letter.hello === 'reply') this.#meet(letter, from).link.begin();
    else if (letter.description) this.#meet(letter, from).link.receive(letter);
    if (letter.hello === 'ask') this.#write(from, { hello: 'reply' });
    this.#show();
  }

  #meetAgain(partner: Partner, id: string, letter: Letter): void {
    partner.id = id;
    partner.media = letter.media ?? partner.media;
    this.#recognise(partner);
    if (letter.hello) partner.link.again();
    else partner.link.receive(letter);
  }

  #meet({ key, media }: Letter, id: string): Partner {
    const { joined } = this.#options;
    const link = new PeerLink({
      iceServers: joined.iceServers,
      polite: this.#key < key,
      tracks: this.#media.tracks,
      local: this.#media.stream,
      send: (draft) => this.#write(this.#partners.get(key)?.id, draft),
      onChange: () => this.#show(),
    });
    const partner: Partner = {
      key,
      link,
      id,
      peer: undefined,
      media: media ?? { microphone: true, camera: true },
    };
    this.#partners.set(key, partner);
    this.#recognise(partner);
    this.#dropFormerSelfOf(partner);
    return partner;
  }

  /** A page that was reloaded is somebody new; the page before it will not come back. */
  #dropFormerSelfOf({ key, peer }: Partner): void {
    for (const other of this.#partners.values()) {
      const isSame = other.peer?.role === peer?.role && other.peer?.name === peer?.name;
      if (other.key !== key && other.gone !== undefined && isSame) this.#forget(other);
    }
  }

  #setRoster(peers: readonly CallPeer[]): void {
    this.#roster = peers.filter(({ id }) => id !== this.#mailbox.self);
    for (const partner of this.#partners.values()) this.#recognise(partner);
    this.#show();
  }

  #recognise(partner: Partner): void {
    const peer = this.#roster.find(({ id }) => id === partner.id);
    partner.peer = peer ?? partner.peer;
    if (peer) {
      clearTimeout(partner.gone);
      partner.gone = undefined;
    } else {
      partner.gone ??= setTimeout(() => this.#forget(partner), RETURN_MS);
    }
  }

  #forget(partner: Partner): void {
    clearTimeout(partner.gone);
    partner.link.close();
    this.#partners.delete(partner.key);
    this.#show();
  }

  /** Each letter says what is on: its reader may be met by any of them. */
  #write(to: string | undefined, draft: Omit<Letter, 'key' | 'media'>): void {
    this.#mailbox.send(to, { key: this.#key, media: this.#media.state, ...draft });
  }

  #finish(phase: 'ended' | 'failed', reason?: Failure): void {
    if (this.#final) return;
    this.#final = { phase, reason };
    for (const stop of this.#stops.splice(0)) stop();
    for (const partner of [...this.#partners.values()]) this.#forget(partner);
    this.#mailbox.close();
    this.#media.close();
    this.#show();
  }

  #show(): void {
    if (!this.#since && [...this.#partners.values()].some(({ link }) => link.isConnected))
      this.#since = serverNow();
    this.#view = this.#look();
    this.#options.onChange(this.#view);
  }

  #look(): CallView {
    return {
      phase: this.#phase(),
      embedded: false,
      peers: [...this.#partners.values()].map(remotePeer),
      local: this.#media.stream,
      microphone: this.#media.microphone,
      camera: this.#media.camera,
      screen: this.#media.screen,
      reason: this.#final?.reason,
      since: this.#since,
    };
  }

  #phase(): CallPhase {
    if (this.#final) return this.#final.phase;
    if (!this.#entered) return 'starting';
    const links = [...this.#partners.values()].map(({ link }) => link);
    if (links.some((link) => link.isConnected)) return 'connected';
    if (links.some((link) => link.wasConnected) || !this.#mailbox.isOpen) return 'reconnecting';
    return links.length || this.#roster.length ? 'connecting' : 'waiting';
  }
}

function remotePeer({ key, peer, link, media }: Partner): RemotePeer {
  const { role = 'admin', name } = peer ?? {};
  const { stream, isConnected: connected } = link;
  return { id: key, role, name, stream, ...media, screen: media.screen ?? false, connected };
}
