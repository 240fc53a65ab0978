import { initialsOf } from '../../../src/contract/text.js';
import { atDesk } from '../../shared/desk-url.js';

interface AvatarProps {
  readonly name: string;
  readonly avatar: string | null;
}

/** A picture where there is one, else the initials. Decoration: the name stands beside it. */
export function Avatar({ name, avatar }: AvatarProps) {
  return (
    <span class="avatar" aria-hidden="true">
      {avatar === null ? (
        initialsOf(name)
      ) : (
        // The address is the desk's own, where this script comes from too; the page is another site.
        <img src={atDesk(avatar)} alt="" />
      )}
    </span>
  );
}
