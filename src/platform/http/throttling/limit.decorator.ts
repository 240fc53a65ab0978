import { SetMetadata } from '@nestjs/common';

/**
 * The classes of LIMIT_*; staff always fall under `staff`. `conversations` are reads, which bearers of delegated tokens have as
 * many of as `messages`, counted apart.
 */
export type LimitName = 'tickets' | 'reads' | 'messages' | 'logins' | 'staff' | 'conversations';
export const LIMIT = 'concierge:limit';

/** Which limit counts for donors and anonymous callers; without it, `reads` for GET and `messages` for the rest. */
export const Limit = (name: Exclude<LimitName, 'staff'>) => SetMetadata(LIMIT, name);

/** For routes that must answer however often they are asked: health and documentation. */
export const SkipLimits = () => SetMetadata(LIMIT, 'none');
