export const STAFF_ROLES = ['ADMIN', 'SUPER_ADMIN'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The roles in the tokens of trusted backends: first those of donors, then those of staff. */
export const BACKEND_DONOR_ROLES = ['TEMP_USER', 'CUSTOMER'] as const;
export const BACKEND_ROLES = [...BACKEND_DONOR_ROLES, 'AGENT', 'ADMIN'] as const;
export type DelegatedRole = (typeof BACKEND_ROLES)[number];

/** The two sides of a conversation. */
export const SIDES = ['donor', 'admin'] as const;
export type Side = (typeof SIDES)[number];

/** Who a message or an event came from. */
export const ACTOR_TYPES = ['donor', 'admin', 'system'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

export const AVAILABILITIES = ['online', 'away', 'offline'] as const;
export type Availability = (typeof AVAILABILITIES)[number];
