import type { Failure } from '../../client/failure.js';
import type { SignalLine } from '../../client/live/connection.js';
import type { DeviceChoice, DeviceKind, DeviceProblem, OpenedDevices } from './devices.js';

/**
 * `starting`: devices and signalling are opened. `waiting`: nobody else is here. `connecting`: first way to somebody.
 * `reconnecting`: they were here, the way is being found again. `ended` and `failed` (see `reason`) are final.
 */
export type CallPhase =
  'starting' | 'waiting' | 'connecting' | 'connected' | 'reconnecting' | 'ended' | 'failed';

/** `none`: this call has no such device (the camera of an audio call). `unavailable`: see `problem`. */
export type DeviceState = 'on' | 'off' | 'none' | 'unavailable';

export interface LocalDevice {
  readonly state: DeviceState;
  readonly problem?: DeviceProblem;
  /** Which one is in use. */
  readonly id?: string;
}

export interface RemotePeer {
  /** Stays the same while that person reconnects. */
  readonly id: string;
  readonly name?: string;
  readonly role: 'donor' | 'admin';
  readonly stream: MediaStream;
  readonly microphone: boolean;
  readonly camera: boolean;
  /** The picture is that of their screen. */
  readonly screen: boolean;
  readonly connected: boolean;
}

export interface CallView {
  readonly phase: CallPhase;
  readonly embedded: boolean;
  readonly peers: readonly RemotePeer[];
  readonly local?: MediaStream;
  readonly microphone: LocalDevice;
  readonly camera: LocalDevice;
  /** `none` where this browser cannot show it. */
  readonly screen: LocalDevice;
  /** Why it `failed`. */
  readonly reason?: Failure;
  /** When somebody else was first reached; epoch milliseconds. */
  readonly since?: number;
}

/** What is used of the answer of POST /calls/:id/join, or of POST /call-sessions on the call page. */
export interface JoinedCall {
  readonly id: string;
  readonly provider: string;
  readonly callType: string;
  readonly token: string;
  readonly dailyRoomUrl: string;
  readonly iceServers: readonly RTCIceServer[];
}

/** How somebody takes part from the beginning. */
export interface CallSetup {
  readonly devices?: DeviceChoice;
  /** What the page has opened already; from here on it belongs to the call. */
  readonly opened?: OpenedDevices;
  readonly microphoneOff?: boolean;
  readonly cameraOff?: boolean;
  /** When somebody else was first reached, on the page as it was before. */
  readonly since?: number;
}

export interface CallOptions {
  readonly joined: JoinedCall;
  readonly connection: SignalLine;
  readonly end: () => Promise<unknown>;
  readonly rejoin: () => Promise<Pick<JoinedCall, 'token'>>;
  readonly frame?: HTMLElement;
  readonly setup?: CallSetup;
  readonly onChange: (view: CallView) => void;
}

export interface Call {
  readonly view: CallView;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  /** Uses another device of this kind. Frames of vendors have their own way. */
  choose(kind: DeviceKind, id: string): void;
  /** Shows the others the screen instead of the camera, or stops. Browsers allow it in a click alone. */
  shareScreen(on: boolean): void;
  /** Ends the call for everybody; here at once. Throws a `Failure` when the server could not be told. */
  hangUp(): Promise<void>;
  /** Closes the call here and leaves it open for the others. */
  leave(): void;
}
