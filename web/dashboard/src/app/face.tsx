import { Avatar, type AvatarProps } from '@mantine/core';

const COLORS = ['teal', 'blue', 'violet', 'grape', 'pink', 'orange', 'cyan', 'indigo'] as const;

interface FaceProps extends Pick<AvatarProps, 'size' | 'src' | 'style'> {
  /** Nobody's face without it. */
  readonly name: string | undefined;
  /** What a screen reader says; nothing where the name stands beside it. */
  readonly label?: string;
}

/** Somebody's picture or initials, in a colour that goes with the name. */
export function Face({ name, label = '', ...rest }: FaceProps) {
  if (name === undefined) return <Avatar radius="xl" alt={label} {...rest} />;
  return <Avatar radius="xl" name={name} color={colorOf(name)} alt={label} {...rest} />;
}

function colorOf(name: string): string {
  const sum = [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7);
  return COLORS[sum % COLORS.length] ?? COLORS[0];
}
