import type { CallType } from '../../../../../src/contract/ticket-fields.js';
import type { CallSetup } from '../../../../shared/call/call-view.js';

/** The one call this page takes part in. */
export interface OpenCall {
  /** Missing until the donor is called. */
  readonly callId?: string;
  readonly ticketId: string;
  readonly callType: CallType;
  /** With whom. */
  readonly name: string;
  /** One looks at oneself and chooses devices first. Nobody who has picked up is kept waiting by that. */
  readonly preview?: boolean;
  readonly setup?: CallSetup;
}

/** Under which name this tab keeps the call that a reload returns to. */
export const KEPT_CALL = 'concierge:call';

export type PanelSize = 'normal' | 'large' | 'small';
