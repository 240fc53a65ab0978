import type { ComponentType } from 'preact';
import { Card } from '../ui/parts.js';
import type { Conversation, ConversationState } from '../desk/conversation.js';
import type { Desk } from '../desk/desk.js';
import { loadEndingWords, type EndingTexts } from './ending-words.js';
import { Rating } from './rating.js';
import { TranscriptButtons } from './transcript.js';

interface EndingProps {
  readonly desk: Desk;
  readonly conversation: Conversation;
  readonly state: ConversationState;
}

interface QuestionProps {
  readonly conversation: Conversation;
  readonly onDone: () => void;
}

interface EndingViews {
  readonly Ending: ComponentType<EndingProps>;
  readonly AskIfSolved: ComponentType<QuestionProps>;
}

/** How a conversation ends, and what a donor may want then; loaded when it is needed, in their language. */
export async function load(): Promise<EndingViews> {
  const words = await loadEndingWords();
  return {
    Ending: ({ desk, conversation, state }) => (
      <>
        <Rating words={words} conversation={conversation} state={state} />
        <TranscriptButtons words={words} desk={desk} ticketId={conversation.ticketId} />
        {state.thread.status !== 'resolved' && <Closed words={words} desk={desk} />}
      </>
    ),
    AskIfSolved: (props) => <AskIfSolved words={words} {...props} />,
  };
}

function AskIfSolved({ words, conversation, onDone }: QuestionProps & { readonly words: EndingTexts }) {
  return (
    <Card icon="check" title={words.solvedQuestion}>
      <p>{words.solvedHint}</p>
      <p class="row">
        <button type="button" class="button primary" onClick={() => void conversation.resolve()}>
          {words.solvedYes}
        </button>
        <button type="button" class="button quiet" onClick={onDone}>
          {words.solvedNo}
        </button>
      </p>
    </Card>
  );
}

function Closed({ words, desk }: { readonly words: EndingTexts; readonly desk: Desk }) {
  return (
    <div class="closed">
      <p class="hint">{words.closedHint}</p>
      <button type="button" class="button primary wide" onClick={() => desk.go({ name: 'form' })}>
        {words.newConversation}
      </button>
    </div>
  );
}
