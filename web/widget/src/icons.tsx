const PATHS = {
  chat: 'M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-4.6 4v-4A2.4 2.4 0 0 1 4 13.6zM8 8h8M8 11.5h5',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  down: 'M6 9l6 6 6-6',
  send: 'M4.5 12L3.5 4.5 21 12 3.5 19.5 4.5 12zM4.5 12H12',
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2',
  video:
    'M15 10l4.6-2.3A1 1 0 0 1 21 8.6v6.8a1 1 0 0 1-1.4.9L15 14zM5 6h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5L7 17l9-9.5M11.5 16l1 1 9-9.5',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7.5V12l3 2',
  alert:
    'M12 8.5V13M12 16.4v.1M10.3 4.3L2.7 17.5A2 2 0 0 0 4.4 20.5h15.2a2 2 0 0 0 1.7-3L13.7 4.3a2 2 0 0 0-3.4 0z',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z',
  offline:
    'M3 3l18 18M12 18.5v.1M9 15a4.4 4.4 0 0 1 4.6-.9M6.2 12a8.4 8.4 0 0 1 3-1.9M3.4 9a12.6 12.6 0 0 1 3.4-2.3M14.5 10.3A8.4 8.4 0 0 1 17.8 12M10.5 5.6A12.6 12.6 0 0 1 20.6 9',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it means is said in words beside it or in the control's label. */
export function Icon({ name, size }: { readonly name: IconName; readonly size?: number }) {
  return <Glyph name={name} path={PATHS[name]} size={size} />;
}

interface GlyphProps {
  readonly name: string;
  readonly path: string;
  readonly size?: number;
}

export function Glyph({ name, path, size = 20 }: GlyphProps) {
  return (
    <svg
      class={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}
