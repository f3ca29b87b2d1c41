import { useEffect, useRef, useState } from 'react';
import type { Audience, Message } from '../../wire/generated.ts';
import { messagesOf, nameOf, seated, spotOf } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Choice, Form, Select } from '../../view/parts.tsx';
import { NO_HEARTH, type Tool } from '../tool.ts';

const MOST = 1_000;

export interface Draft {
  text: string;
  /** `told` is a leader's word to one person or two. */
  to: Audience | 'told';
  told: readonly string[];
}

export const NO_DRAFT: Draft = { text: '', to: 'circle', told: ['', ''] };

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
        {count === 0 && <p className="soft">{words.say(view.tools.hosting ? 'room-host-chat-empty' : 'room-chat-empty')}</p>}
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
        {message.with && !note && <small className="only">{words.say('room-chat-at-table')}</small>}
        {message.with && note && <small className="only">{words.say('room-chat-only', { names: message.with.map((seat) => (seat === view.you.seat ? words.say('room-you') : nameOf(view, seat))).join(', ') })}</small>}
        {note && !message.with && <small className="only">{words.say('room-chat-note')}</small>}
      </p>
      <p className="text">{message.text}</p>
    </li>
  );
}

function Say({ draft, setDraft }: ChatProps) {
  const { view, words, ask } = useHere();
  const inCircle = spotOf(view, view.you.seat).at === 'circle';
  const [busy, setBusy] = useState(false);
  const seats = draft.told.filter(Boolean).map(Number);
  const ready = draft.text.trim() !== '' && (draft.to !== 'told' || seats.length > 0);
  const send = async () => {
    if (!ready || busy) return;
    setBusy(true);
    const { text, to } = draft;
    const done = await ask({ tool: 'chat', act: to === 'told' ? { do: 'tell', text, seats } : { do: 'say', text, to } });
    setBusy(false);
    if (done) setDraft({ ...draft, text: '' });
  };
  // Where members meet without staff there may be nobody to write a note to.
  const leads = !view.tools.hosting || Object.values(view.chairs).some((chair) => chair.part === 'facilitator' && chair.presence === 'here');
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
          ...(leads ? [{ value: 'facilitators' as const, label: words.say('room-chat-to-facilitators') }] : []),
          ...(view.lead ? [{ value: 'told' as const, label: words.say('room-chat-to-told') }] : []),
        ]}
      />
      {draft.to === 'told' && <Told draft={draft} setDraft={setDraft} />}
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
        <Button type="submit" look="main" disabled={!ready}>
          {words.say('room-chat-send')}
        </Button>
      </div>
    </Form>
  );
}

/** One person, and a second if the word is for two. */
function Told({ draft, setDraft }: ChatProps) {
  const { view, words } = useHere();
  const others = seated(view).filter((chair) => chair.presence === 'here' && !chair.you);
  return (
    <>
      {draft.told.map((chosen, at) => (
        <Select key={at} label={words.say(at === 0 ? 'room-chat-told-one' : 'room-chat-told-two')} value={chosen} onChange={(value) => setDraft({ ...draft, told: draft.told.map((one, place) => (place === at ? value : one)) })}>
          <option value="">{words.say(at === 0 ? 'room-chat-told-choose' : 'room-chat-told-nobody')}</option>
          {others.map((chair) => (
            <option key={chair.seat} value={chair.seat}>
              {chair.name}
            </option>
          ))}
        </Select>
      ))}
    </>
  );
}

export const chat: Tool = { name: 'chat', ...NO_HEARTH, bring: null, Guide: null };
