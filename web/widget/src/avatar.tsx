import { initialsOf } from '../../../src/contract/text.js';
import { atDesk } from '../../shared/desk-url.js';

interface AvatarProps {
  readonly name: string;
  readonly avatar: string | null;
}

/** A picture where there is one that can be shown, else the initials. Decoration: the name stands beside it. */
export function Avatar({ name, avatar }: AvatarProps) {
  return (
    <span class="avatar" aria-hidden="true">
      {initialsOf(name)}
      {avatar !== null && (
        // The address is the desk's own, where this script comes from too; the page is another site.
        <img src={atDesk(avatar)} alt="" onError={({ currentTarget }) => (currentTarget.hidden = true)} />
      )}
    </span>
  );
}
