/**
 * One call, no matter which provider carries it, for both faces.
 *
 *   const joined = await answer(api.POST('/api/v1/calls/{id}/join', …));
 *   const call = await createCall({
 *     joined,
 *     connection,                                    // the page's createConnection(); direct calls signal over it
 *     end: () => answer(api.POST('/api/v1/calls/{id}/end', …)),
 *     rejoin: () => answer(api.POST('/api/v1/calls/{id}/join', …)),   // a fresh token when the old one has run out
 *     frame: element,                                // empty element that Daily's frame is put into
 *     onChange: (view) => render(view),
 *     setup: { devices, microphoneOff: true },       // how to begin; all of it optional
 *   });
 *   call.setMicrophone(false); call.setCamera(true); call.choose('camera', deviceId); call.shareScreen(true);
 *   await call.hangUp();                             // ends the call for everybody
 *   call.leave();                                    // only closes it here, as when the page goes
 *
 * A `CallView` is replaced, never changed. `local` and `peers[].stream` go into `video.srcObject` (mute the local one).
 * With `embedded: true` (Daily, VideoSDK) the frame brings its own picture and buttons: show just the frame and a way to hang up.
 * When `call.ended` arrives by a ticket's stream, the phase becomes `ended` by itself.
 */
import type { Call, CallOptions } from './call-view.js';
import { stopDevices } from './devices.js';
import { askBeforeLeaving } from './page-signals.js';

export type { Call, CallOptions, CallView, JoinedCall, LocalDevice, RemotePeer } from './call-view.js';

/**
 * Opens the call in which `joined` lets us take part. Its code is loaded now, not before. While it lasts, the browser asks before the
 * page is left.
 */
export async function createCall(options: CallOptions): Promise<Call> {
  const stopAsking = askBeforeLeaving();
  try {
    return await openCall({
      ...options,
      onChange: (view) => {
        if (view.phase === 'ended' || view.phase === 'failed') stopAsking();
        options.onChange(view);
      },
    });
  } catch (error) {
    stopAsking();
    throw error;
  }
}

async function openCall(options: CallOptions): Promise<Call> {
  if (options.joined.provider === 'direct') {
    const { DirectCall } = await import('./direct-call.js');
    return new DirectCall(options);
  }
  // A vendor's frame opens the devices by itself, and some devices can be opened once only.
  if (options.setup?.opened) stopDevices(options.setup.opened);
  if (options.joined.provider === 'videosdk') {
    const { VideosdkCall } = await import('./videosdk-call.js');
    return new VideosdkCall(options);
  }
  const { DailyCall } = await import('./daily-call.js');
  return new DailyCall(options);
}
