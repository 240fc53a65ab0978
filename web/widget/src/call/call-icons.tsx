import { Glyph } from '../icons.js';

const PATHS = {
  videoOff:
    'M3 3l18 18M15 11l4.6-3.3A1 1 0 0 1 21 8.6v6.8a1 1 0 0 1-.7.9M10 6h3a2 2 0 0 1 2 2v3M15 15v1a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h1',
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3M9 21h6',
  micOff:
    'M3 3l18 18M9 5.2A3 3 0 0 1 15 6v5l-.3 1.2M12.6 13.9A3 3 0 0 1 9 11V9M16.8 16.2A7 7 0 0 1 5 11M19 11a7 7 0 0 1-.5 2.6M12 18v3M9 21h6',
  hangUp:
    'M3 15.5v-2.3C3 10 7 8.5 12 8.5s9 1.5 9 4.7v2.3a1.2 1.2 0 0 1-1.4 1.2l-3-.5a1.4 1.4 0 0 1-1.1-1.4v-1.6a14 14 0 0 0-7 0v1.6a1.4 1.4 0 0 1-1.1 1.4l-3 .5A1.2 1.2 0 0 1 3 15.5',
  grow: 'M15 4h5v5M20 4l-6 6M9 20H4v-5M4 20l6-6',
  shrink: 'M20 10h-6V4M14 10l6-6M4 14h6v6M10 14l-6 6',
} as const;

/** Icons that only calls need. */
export function CallIcon({ name, size }: { readonly name: keyof typeof PATHS; readonly size?: number }) {
  return <Glyph name={name} path={PATHS[name]} size={size} />;
}
