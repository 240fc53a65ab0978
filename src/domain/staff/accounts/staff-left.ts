/** Queued in the transaction that closes an account; who keeps things in people's names gives them back then. */
export const STAFF_LEFT_JOB = 'users.staff-left';

export interface StaffLeft {
  userId: number;
}
