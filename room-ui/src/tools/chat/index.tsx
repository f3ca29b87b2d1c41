import { useEffect, useRef, useState } from 'react';
import type { Audience, Message } from '../../wire/generated.ts';
import { messagesOf, nameOf, spotOf } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Choice, Form } from '../../view/parts.tsx';
import { NO_HEARTH, type Tool } from '../tool.ts';

const MOST = 1_000;

export interface Draft {
  text: string;
  to: Audience;
}

export const NO_DRAFT: Draft = { text: '', to: 'circle' };

interface ChatProps {
  /** Held above, so that closing the panel loses nothing. */
  draft: Draft;
  setDraft(draft: Draft): void;
}

export function Chat({ draft, setDraft }: ChatProps) {
  const { view, words } = useHere();
  const messages = messagesOf(view);
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length;
  useEffect(() => {
    // Setting the scroll place moves no focus and, unlike scrollIntoView, nothing outside of the list.
    if (end.current) end.current.scrollTop = end.current.scrollHeight;
  }, [count]);
  return (
    <div className="chat">
      {/* Focusable, because a list that scrolls must be reachable by keyboard. */}
      <div className="messages" ref={end} tabIndex={0} role="log" aria-label={words.say('room-chat-title')}>
        {count === 0 && <p className="soft">{words.say('room-chat-empty')}</p>}
        <ul>
          {messages.map((message) => (
            <Said key={message.id} message={message} />
          ))}
        </ul>
      </div>
      <Say draft={draft} setDraft={setDraft} />
    </div>
  );
}

function Said({ message }: { message: Message }) {
  const { view, words } = useHere();
  const own = message.seat === view.you.seat;
  const note = message.to === 'facilitators';
  return (
    <li className={`${own ? 'own' : ''} ${note ? 'note' : ''}`}>
      <p className="by">
        <b>{own ? words.say('room-you') : nameOf(view, message.seat)}</b>
        <small>{new Date(message.at).toLocaleTimeString(words.lang, { hour: 'numeric', minute: '2-digit' })}</small>
        {message.with && <small className="only">{words.say('room-chat-at-table')}</small>}
        {note && <small className="only">{words.say('room-chat-note')}</small>}
      </p>
      <p className="text">{message.text}</p>
    </li>
  );
}

function Say({ draft, setDraft }: ChatProps) {
  const { view, words, ask } = useHere();
  const inCircle = spotOf(view, view.you.seat).at === 'circle';
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (busy || draft.text.trim() === '') return;
    setBusy(true);
    const done = await ask({ tool: 'chat', act: { do: 'say', ...draft } });
    setBusy(false);
    if (done) setDraft({ ...draft, text: '' });
  };
  const label = words.say(draft.to !== 'circle' ? 'room-chat-write-note' : inCircle ? 'room-chat-write' : 'room-chat-write-table');
  return (
    <Form send={send} className="stack say">
      <Choice
        inline
        label={words.say('room-chat-to')}
        value={draft.to}
        onChange={(to) => setDraft({ ...draft, to })}
        options={[
          { value: 'circle', label: words.say(inCircle ? 'room-chat-to-circle' : 'room-chat-to-table') },
          { value: 'facilitators', label: words.say('room-chat-to-facilitators') },
        ]}
      />
      <div className="send">
        <textarea
          id="chat-text"
          rows={2}
          maxLength={MOST}
          aria-label={label}
          placeholder={label}
          value={draft.text}
          onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
        <Button type="submit" look="main" disabled={draft.text.trim() === ''}>
          {words.say('room-chat-send')}
        </Button>
      </div>
    </Form>
  );
}

export const chat: Tool = { name: 'chat', ...NO_HEARTH, bring: null, Guide: null };
