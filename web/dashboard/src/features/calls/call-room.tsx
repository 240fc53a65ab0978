import { useEffect, useRef } from 'react';
import { useCalls } from './call-context.js';
import type { OpenCall, PanelSize } from './open-call.js';
import { CallLobby } from './call-lobby.js';
import { CallPanel } from './call-panel.js';

interface CallRoomProps {
  readonly call: OpenCall;
  readonly size: PanelSize;
  readonly onSize: (size: PanelSize) => void;
}

/** The call, and what comes before it. The page leaves room for it, so that nothing is out of reach behind it. */
export function CallRoom({ call, size, onSize }: CallRoomProps) {
  const { close } = useCalls();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const panel = place.current?.parentElement;
    const { style, dataset } = document.documentElement;
    if (!panel) return undefined;
    const watch = new ResizeObserver(() => style.setProperty('--call-height', `${panel.offsetHeight}px`));
    watch.observe(panel);
    dataset.call = size;
    return () => {
      watch.disconnect();
      style.removeProperty('--call-height');
      delete dataset.call;
    };
  }, [size]);
  const { callId, preview = false } = call;
  return (
    <div ref={place}>
      {callId === undefined || preview ? (
        <CallLobby key={callId ?? call.ticketId} call={call} />
      ) : (
        <CallPanel key={callId} call={{ ...call, callId }} onClose={close} size={size} onSize={onSize} />
      )}
    </div>
  );
}
