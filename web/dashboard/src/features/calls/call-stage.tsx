import { Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { CallView, RemotePeer } from '../../../../shared/call/call.js';
import { canChooseSpeaker } from '../../../../shared/call/device-list.js';
import { Face } from '../../ui/face.js';
import { t } from '../../i18n/translate.js';
import { useChosenDevices } from './devices/chosen-devices.js';
import styles from './call-stage.module.css';

/** The pictures of a direct call: the donor large, oneself small; names where there is no picture. */
export function CallStage({ view, name }: { view: CallView | undefined; name: string }) {
  const peers = view?.peers ?? [];
  const donor = peers.find(({ role }) => role === 'donor') ?? peers[0];
  const others = peers.filter((peer) => peer !== donor);
  return (
    <div className={styles.stage}>
      {donor && <Remote peer={donor} name={donor.name ?? name} />}
      {others.length > 0 && (
        <div className={styles.others}>
          {others.map((peer) => (
            <Remote key={peer.id} peer={peer} name={peer.name ?? t('call.colleague')} />
          ))}
        </div>
      )}
      {!donor && <NoPicture name={name} />}
      {view?.local && view.camera.state === 'on' && (
        <div className={styles.self}>
          <Picture stream={view.local} muted label={t('call.self')} />
        </div>
      )}
    </div>
  );
}

function Remote({ peer, name }: { peer: RemotePeer; name: string }) {
  return (
    <>
      <Picture
        stream={peer.stream}
        label={t(peer.screen ? 'call.screen.of' : 'call.picture', { name })}
        hidden={!peer.camera}
        whole={peer.screen}
      />
      {peer.screen && <span className={styles.what}>{t('call.screen.of', { name })}</span>}
      {!peer.camera && <NoPicture name={name} />}
      {!peer.microphone && peer.connected && (
        <span className={styles.muted}>{t('call.muted', { name })}</span>
      )}
    </>
  );
}

function NoPicture({ name }: { name: string }) {
  return (
    <div className={styles.words}>
      <Stack align="center" gap="xs">
        <Face name={name} size="lg" />
        <Text dir="auto">{name}</Text>
      </Stack>
    </div>
  );
}

interface PictureProps {
  readonly stream: MediaStream;
  readonly label: string;
  readonly muted?: boolean;
  /** Heard, not seen. */
  readonly hidden?: boolean;
  /** Nothing of it may be cut off. */
  readonly whole?: boolean;
}

export function Picture({ stream, label, muted = false, hidden = false, whole = false }: PictureProps) {
  const [{ speaker }] = useChosenDevices();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current && video.current.srcObject !== stream) video.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    // A loudspeaker that is gone leaves the sound where the browser puts it.
    if (!muted && speaker !== undefined && canChooseSpeaker())
      video.current?.setSinkId(speaker).catch(() => undefined);
  }, [muted, speaker]);
  return (
    <video
      ref={video}
      aria-label={label}
      autoPlay
      playsInline
      muted={muted}
      data-whole={whole || undefined}
      style={{ visibility: hidden ? 'hidden' : 'visible' }}
    />
  );
}
