import { Avatar, type AvatarProps } from '@mantine/core';
import type { CSSProperties } from 'react';
import { initialsOf } from '../../../../src/contract/text.js';
import { atDesk } from '../../../shared/desk-url.js';
import styles from './face.module.css';

interface FaceProps extends Pick<AvatarProps, 'size' | 'src'> {
  /** Nobody's face without it. */
  readonly name: string | undefined;
  /** What a screen reader says; nothing where the name stands beside it. */
  readonly label?: string;
  /** Keeps its place without being seen. */
  readonly hidden?: boolean;
}

/** Not `className`, which a tooltip around it sets. */
const LOOKS = { root: styles.face };

/** Somebody's picture or initials, in a colour that goes with the name. */
export function Face({ name, src, label = '', hidden = false, ...given }: FaceProps) {
  const rest = { ...given, src: src && atDesk(src) };
  const visibility = hidden ? 'hidden' : 'visible';
  if (name === undefined) return <Avatar radius="50%" alt={label} style={{ visibility }} {...rest} />;
  const style = { visibility, '--hue': hueOf(name) } as CSSProperties;
  return (
    <Avatar radius="50%" classNames={LOOKS} alt={label} style={style} {...rest}>
      {initialsOf(name)}
    </Avatar>
  );
}

/** In degrees of the colour circle. */
function hueOf(name: string): number {
  return [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7) % 360;
}
