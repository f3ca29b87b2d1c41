import { useEffect, useRef, useState } from 'react';
import type { Reaction } from '../wire/generated.ts';
import { handPlace, takesTurns } from '../state/derived.ts';
import { REACTION_WORDS } from './chair.tsx';
import { useHere } from './here.tsx';
import { Icon } from './icons.tsx';
import { Button } from './parts.tsx';

const REACTIONS: readonly Reaction[] = ['heart', 'thanks', 'me_too', 'strength'];

const QUALITY_WORDS = {
  unknown: 'room-quality-unknown',
  good: 'room-quality-good',
  fair: 'room-quality-fair',
  poor: 'room-quality-poor',
  none: 'room-quality-none',
} as const;

export interface BarProps {
  panelOpen: boolean;
  unread: number;
  alerts: number;
  openChat(): void;
  openGuide(): void;
  openMore(): void;
  leave(): void;
  crisis(): void;
  help(): void;
}

export function Bar(props: BarProps) {
  const { view, words, own, room } = useHere();
  return (
    <footer className="bar">
      <div className="facts">
        <span>{words.say('room-not-recorded')}</span>
        <span className={`quality ${own.quality}`}>
          <Icon name="line" />
          {words.say(room.link === 'live' ? QUALITY_WORDS[own.quality] : 'room-reconnecting-short')}
        </span>
      </div>
      <Controls {...props} />
      <div className="away-from">
        {view.you.part === 'member' && (
          <Button icon="help" onClick={props.help} className="need-help">
            {words.say(view.you.help_asked ? 'room-help-asked-short' : 'room-help')}
          </Button>
        )}
        <Button className="crisis" onClick={props.crisis}>
          {words.say('room-crisis')}
        </Button>
      </div>
    </footer>
  );
}

function Controls({ panelOpen, unread, alerts, openChat, openGuide, openMore, leave }: BarProps) {
  const { view, words, own, session } = useHere();
  return (
    <div className="controls" role="group" aria-label={words.say('room-controls')}>
      {view.you.part !== 'observer' && (
        <Button icon={own.mic ? 'mic' : 'mic_off'} className={own.mic ? '' : 'off'} onClick={() => session.setMic(!own.mic)} aria-keyshortcuts="m" disabled={view.tools.calm.mine?.own ?? false}>
          {words.say(own.mic ? 'room-mute' : 'room-unmute')}
        </Button>
      )}
      <Button icon={own.camera ? 'camera' : 'camera_off'} className={own.camera ? '' : 'off'} onClick={() => session.setCamera(!own.camera)} aria-keyshortcuts="v">
        {words.say(own.camera ? 'room-camera-off' : 'room-camera-on')}
      </Button>
      {takesTurns(view) && <Hand />}
      <Reactions />
      <Button icon="chat" onClick={openChat} aria-keyshortcuts="c" className={unread > 0 ? 'marked' : ''}>
        {unread > 0 ? words.say('room-chat-unread', { count: unread }) : words.say('room-chat')}
      </Button>
      {view.lead && (
        <Button icon="guide" onClick={openGuide} aria-expanded={panelOpen} className={alerts > 0 ? 'marked guide' : 'guide'}>
          {words.say('room-guide')}
        </Button>
      )}
      <Button icon="more" onClick={openMore}>
        {words.say('room-more')}
      </Button>
      <Button look="danger" icon="leave" onClick={leave} className="leave">
        {words.say('room-leave')}
      </Button>
    </div>
  );
}

function Hand() {
  const { view, words, ask } = useHere();
  const up = handPlace(view, view.you.seat) > 0;
  return (
    <Button icon="hand" aria-pressed={up} aria-keyshortcuts="h" onClick={() => void ask({ tool: 'hands', act: { do: up ? 'lower' : 'raise' } })}>
      {words.say(up ? 'room-hand-lower' : 'room-hand-raise')}
    </Button>
  );
}

function Reactions() {
  const { words, session } = useHere();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, [open]);
  return (
    <div
      className="popup"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        box.current?.querySelector('button')?.focus();
      }}
    >
      <Button icon="smile" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.say('room-react')}
      </Button>
      {open && (
        <div className="popup-in" role="group" aria-label={words.say('room-react')}>
          {REACTIONS.map((kind) => (
            <Button
              key={kind}
              look="quiet"
              icon={kind}
              onClick={() => {
                session.react(kind);
                setOpen(false);
              }}
            >
              {words.say(REACTION_WORDS[kind])}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
