import type { ComponentType } from 'preact';
import type { Conversation, ConversationState } from '../desk/conversation.js';
import type { Desk } from '../desk/desk.js';
import { loadEndingWords } from './ending-words.js';
import { Rating } from './rating.js';
import { TranscriptButtons } from './transcript.js';

export interface EndingProps {
  readonly desk: Desk;
  readonly conversation: Conversation;
  readonly state: ConversationState;
}

/** What a donor may want when it is over; loaded then, in their language. */
export async function load(): Promise<ComponentType<EndingProps>> {
  const words = await loadEndingWords();
  return ({ desk, conversation, state }) => (
    <>
      <Rating words={words} conversation={conversation} state={state} />
      <TranscriptButtons words={words} desk={desk} ticketId={conversation.ticketId} />
    </>
  );
}
