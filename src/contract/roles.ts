export const STAFF_ROLES = ['ADMIN', 'SUPER_ADMIN'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The roles in the tokens of trusted backends. */
export const DELEGATED_ROLES = ['TEMP_USER', 'CUSTOMER', 'AGENT', 'ADMIN'] as const;
export type DelegatedRole = (typeof DELEGATED_ROLES)[number];

/** Who a message or an event came from. */
export const ACTOR_TYPES = ['donor', 'admin', 'system'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

export const AVAILABILITIES = ['online', 'away', 'offline'] as const;
export type Availability = (typeof AVAILABILITIES)[number];
