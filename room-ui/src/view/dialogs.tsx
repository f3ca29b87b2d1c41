import type { ReactNode } from 'react';
import type { Seat } from '../wire/generated.ts';
import { nameOf } from '../state/derived.ts';
import { tel } from '../words.ts';
import { useHere } from './here.tsx';
import { Button, Dialog, Switch } from './parts.tsx';

export type Open = null | 'crisis' | 'help' | 'leave' | 'end' | 'more' | 'keys' | { remove: Seat };

interface Closing {
  close(): void;
}

/** Numbers first, then words. Always one tap away, also while reconnecting. */
export function Crisis({ close, help }: Closing & { help(): void }) {
  const { words, view, practice } = useHere();
  return (
    <Dialog title={words.say('room-crisis')} onClose={close}>
      <p>{words.say('room-crisis-intro')}</p>
      <Numbers />
      {practice.phone && (
        <p>
          {words.say('room-crisis-practice', { name: practice.name ?? '' })}{' '}
          <a className="phone" href={tel(practice.phone)}>
            {practice.phone}
          </a>
        </p>
      )}
      {view.you.part === 'member' && (
        <div className="actions">
          <a className="button" href="/safety-plan" target="_blank" rel="noopener">
            {words.say('room-crisis-plan')}
          </a>
          <Button look="main" onClick={help}>
            {words.say('room-crisis-tell')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Numbers() {
  const { crisis } = useHere();
  return (
    <ul className="numbers">
      {crisis.map((line) => (
        <li key={`${line.name} ${line.number}`}>
          <span>{line.name}</span>
          <a className="phone" href={tel(line.number)}>
            {line.number}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Asks once; then says calmly that it has arrived. */
export function Help({ close }: Closing) {
  const { words, view, ask, practice } = useHere();
  if (view.you.help_asked) {
    return (
      <Dialog title={words.say(view.tools.hosting ? 'room-host-help-told-title' : 'room-help-told')} onClose={close}>
        <p>{words.say(view.tools.hosting ? 'room-host-help-told' : 'room-help-told-text')} {view.tools.hosting ? practice.watch : ''}</p>
        <p>{words.say('room-help-numbers')}</p>
        <Numbers />
        <Choices close={close} label={words.say('room-ok')} />
      </Dialog>
    );
  }
  return (
    <Dialog title={words.say('room-help')} onClose={close}>
      <p>{words.say(view.tools.hosting ? 'room-host-help' : 'room-help-text')}</p>
      <Choices close={close} label={words.say('room-not-now')}>
        <Button look="main" onClick={() => void ask({ do: 'help' })}>
          {words.say(view.tools.hosting ? 'room-host-help-send' : 'room-help-send')}
        </Button>
      </Choices>
      <p className="soft">{words.say('room-help-numbers')}</p>
      <Numbers />
    </Dialog>
  );
}

export function Leave({ close, gone }: Closing & { gone(): void }) {
  const { words, view, ask, room } = useHere();
  const leave = async () => {
    // Nobody is held back by a line that is down.
    if (room.link !== 'live') gone();
    else if (!(await ask({ do: 'leave' }))) close();
  };
  return (
    <Dialog title={words.say('room-leave-title')} onClose={close}>
      <p>{words.say(view.lead ? 'room-leave-lead' : 'room-leave-text')}</p>
      <Choices close={close} label={words.say('room-stay')}>
        <Button look="danger" onClick={() => void leave()}>
          {words.say('room-leave-yes')}
        </Button>
      </Choices>
    </Dialog>
  );
}

export function End({ close }: Closing) {
  const { words, ask } = useHere();
  const end = async () => {
    if (!(await ask({ do: 'end' }))) close();
  };
  return (
    <Dialog title={words.say('room-end-title')} onClose={close}>
      <p>{words.say('room-end-text')}</p>
      <Choices close={close} label={words.say('room-end-no')}>
        <Button look="danger" onClick={() => void end()}>
          {words.say('room-end-yes')}
        </Button>
      </Choices>
    </Dialog>
  );
}

export function Remove({ close, seat }: Closing & { seat: Seat }) {
  const { words, view, ask } = useHere();
  const name = nameOf(view, seat);
  const remove = async () => {
    await ask({ do: 'remove', seat });
    close();
  };
  return (
    <Dialog title={words.say('room-remove-title', { name })} onClose={close}>
      <p>{words.say('room-remove-text', { name })}</p>
      <Choices close={close} label={words.say('room-remove-no')}>
        <Button look="danger" onClick={() => void remove()}>
          {words.say('room-remove-yes')}
        </Button>
      </Choices>
    </Dialog>
  );
}

function Choices({ close, label, children }: Closing & { label: string; children?: ReactNode }) {
  return (
    <div className="actions">
      {children}
      <Button onClick={close}>{label}</Button>
    </div>
  );
}

const KEYS = [
  { key: 'M', say: 'room-key-mic' },
  { key: 'V', say: 'room-key-camera' },
  { key: 'H', say: 'room-key-hand' },
  { key: 'C', say: 'room-key-chat' },
  { key: '?', say: 'room-key-keys' },
  { key: 'Esc', say: 'room-key-close' },
] as const;

export function Keys({ close, on, setOn }: Closing & { on: boolean; setOn(on: boolean): void }) {
  const { words } = useHere();
  return (
    <Dialog title={words.say('room-keys')} onClose={close}>
      <dl className="keys">
        {KEYS.map(({ key, say }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words.say(say)}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{words.say('room-keys-note')}</p>
      {/* Single letters can be said by accident to dictation software; so they can be switched off. */}
      <Switch label={words.say('room-keys-on')} on={on} onChange={setOn} />
    </Dialog>
  );
}
