import type { Letter } from './letters.js';

type Draft = Omit<Letter, 'key'>;

export interface PeerLinkOptions {
  readonly iceServers: readonly RTCIceServer[];
  /** Of two, exactly one gives way when both offer at once. */
  readonly polite: boolean;
  readonly tracks: readonly MediaStreamTrack[];
  readonly local: MediaStream;
  readonly send: (draft: Draft) => void;
  readonly onChange: () => void;
}

/** Candidates found within this time travel together, in ms. */
const GATHER_MS = 60;
/** A way that is lost may come back by itself for this long, in ms. */
const PATIENCE_MS = 2_500;

/** The way to one other person: "perfect negotiation" as WebRTC 1.0, section 10.7 describes it, and finding it again. */
export class PeerLink {
  readonly stream = new MediaStream();
  readonly #options: PeerLinkOptions;
  readonly #connection: RTCPeerConnection;
  readonly #senders = new Map<string, RTCRtpSender>();
  #making = false;
  #ignoring = false;
  #wasConnected = false;
  #candidates: RTCIceCandidateInit[] = [];
  #gather?: ReturnType<typeof setTimeout>;
  #repair?: ReturnType<typeof setTimeout>;
  /** Letters are read one after the other. */
  #reading: Promise<void> = Promise.resolve();

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#connection = new RTCPeerConnection({ iceServers: [...options.iceServers] });
    this.#listen();
    for (const track of options.tracks) this.#add(track);
  }

  get isConnected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  /** Without anything to send, somebody still has to begin. */
  begin(): void {
    if (!this.#connection.getTransceivers().length)
      this.#connection.addTransceiver('audio', { direction: 'recvonly' });
  }

  receive(letter: Letter): void {
    this.#reading = this.#reading
      .then(() => this.#read(letter))
      .catch((error: unknown) => reportError(error));
  }

  /** Gives the other side a track, or takes the one of its kind away. */
  async send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    const sender = this.#senders.get(kind);
    if (sender) await sender.replaceTrack(track);
    else if (track) this.#add(track);
  }

  /** The other side may have missed something: says it again, or looks for a new way. */
  again(): void {
    const { signalingState, localDescription } = this.#connection;
    if (signalingState === 'have-local-offer' && localDescription) {
      this.#options.send({ description: localDescription.toJSON() });
    } else if (!this.isConnected) this.restart();
  }

  /** The network has changed: looks for a new way. */
  restart(): void {
    if (this.#connection.signalingState !== 'closed' && this.#connection.remoteDescription)
      this.#connection.restartIce();
  }

  close(): void {
    clearTimeout(this.#gather);
    clearTimeout(this.#repair);
    this.#connection.close();
  }

  #add(track: MediaStreamTrack): void {
    this.#senders.set(track.kind, this.#connection.addTrack(track, this.#options.local));
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) this.#collect(candidate.toJSON());
    };
    connection.ontrack = ({ track }) => {
      for (const old of this.stream.getTracks()) if (old.kind === track.kind) this.stream.removeTrack(old);
      this.stream.addTrack(track);
      this.#options.onChange();
    };
    connection.onconnectionstatechange = () => this.#watch();
  }

  #watch(): void {
    const { connectionState } = this.#connection;
    clearTimeout(this.#repair);
    if (connectionState === 'connected') this.#wasConnected = true;
    if (connectionState === 'failed') this.restart();
    if (connectionState === 'disconnected') this.#repair = setTimeout(() => this.restart(), PATIENCE_MS);
    this.#options.onChange();
  }

  async #offer(): Promise<void> {
    this.#making = true;
    try {
      await this.#connection.setLocalDescription();
      this.#tell();
    } catch (error) {
      if (this.#connection.signalingState !== 'closed') reportError(error);
    } finally {
      this.#making = false;
    }
  }

  #tell(): void {
    const { localDescription } = this.#connection;
    if (localDescription) this.#options.send({ description: localDescription.toJSON() });
  }

  async #read({ description, candidates }: Letter): Promise<void> {
    if (this.#connection.signalingState === 'closed') return;
    if (description) await this.#accept(description);
    for (const candidate of candidates ?? []) await this.#try(candidate);
  }

  async #accept(description: RTCSessionDescriptionInit): Promise<void> {
    const connection = this.#connection;
    const collides = this.#making || connection.signalingState !== 'stable';
    this.#ignoring = description.type === 'offer' && collides && !this.#options.polite;
    if (this.#ignoring) return;
    // An answer that comes twice has been heard already.
    if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return;
    await connection.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    await connection.setLocalDescription();
    this.#tell();
  }

  async #try(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      if (!this.#ignoring && this.#connection.remoteDescription) reportError(error);
    }
  }

  #collect(candidate: RTCIceCandidateInit): void {
    this.#candidates.push(candidate);
    this.#gather ??= setTimeout(() => {
      this.#gather = undefined;
      this.#options.send({ candidates: this.#candidates.splice(0) });
    }, GATHER_MS);
  }
}
