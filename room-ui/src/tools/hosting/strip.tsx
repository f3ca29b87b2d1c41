import { useState } from 'react';
import type { View } from '../../wire/generated.ts';
import { seated } from '../../state/derived.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Dialog } from '../../view/parts.tsx';
import { TOOLS } from '../registry.ts';
import { Host, titleOf, useAct } from './index.tsx';

/** Staff who are in the room now. */
function staff(view: View): string {
  return seated(view).filter((chair) => chair.part === 'facilitator' && chair.presence !== 'empty').map((chair) => chair.name).join(', ');
}

/** Above the circle of a check-in without staff, always: who hosts, and the way to somebody of the staff in one tap. */
export function Hosted({ help }: { help(): void }) {
  const { view, words } = useHere();
  const [open, setOpen] = useState(false);
  const hosting = view.tools.hosting;
  if (!hosting || view.ended) return null;
  const here = staff(view);
  return (
    <section className="hosted" aria-label={words.say('room-hosted')}>
      <p>
        <Host hosting={hosting} />
        {' · '}
        {words.say(titleOf(hosting.step))}
      </p>
      <div className="pair">
        <Next />
        {view.you.part === 'member' && (
          <Button look="quiet" className="again" onClick={help}>
            {words.say(view.you.help_asked ? 'room-help-asked-short' : 'room-help')}
          </Button>
        )}
        {view.you.part === 'member' && here === '' && <CallStaff open={() => setOpen(true)} />}
      </div>
      <p className="told" role="status">
        {here !== '' ? words.say('room-staff-here', { name: here }) : hosting.called_at !== null ? <Called /> : null}
      </p>
      {open && <Bring close={() => setOpen(false)} />}
    </section>
  );
}

/** Called once is heard; again after a while when nobody came, or stayed. */
function CallStaff({ open }: { open(): void }) {
  const { view, words } = useHere();
  const now = useNow();
  const hosting = view.tools.hosting;
  if (!hosting || (hosting.called_at !== null && (hosting.again_at === null || now < hosting.again_at))) return null;
  return <Button onClick={open}>{words.say('room-staff-bring')}</Button>;
}

/** When staff usually read it, as the server knows it. */
function Called() {
  const { words, practice } = useHere();
  return <>{`${words.say('room-staff-called')} ${practice.watch ?? ''}`}</>;
}

/** The next step of the script, for the host, while something else holds the middle. */
function Next() {
  const { view, words } = useHere();
  const act = useAct();
  const hosting = view.tools.hosting;
  const held = TOOLS.find((tool) => tool.holds(view))?.name;
  if (!hosting || hosting.host !== view.you.seat || held === 'hosting' || hosting.step + 1 >= hosting.steps.length) return null;
  const next = hosting.step + 1;
  return <Button look="quiet" onClick={() => void act({ do: 'step', index: next })}>{words.say('room-host-next', { step: words.say(titleOf(next)) })}</Button>;
}

/** Says what happens before it is pressed. */
function Bring({ close }: { close(): void }) {
  const { words, practice, crisis } = useHere();
  const act = useAct();
  const bring = async () => {
    if (await act({ do: 'bring_staff' })) close();
  };
  return (
    <Dialog title={words.say('room-staff-bring')} onClose={close}>
      <p>{words.say('room-staff-text')}</p>
      {practice.watch && <p>{practice.watch}</p>}
      <div className="actions">
        <Button look="main" onClick={() => void bring()}>
          {words.say('room-staff-send')}
        </Button>
        <Button onClick={close}>{words.say('room-not-now')}</Button>
      </div>
      <p className="soft">{words.say('room-help-numbers')}</p>
      <ul className="numbers">
        {crisis.map((line) => (
          <li key={`${line.name} ${line.number}`}>
            <span>{line.name}</span>
            <a className="phone" href={`tel:${line.number.replace(/[^\d+]/g, '')}`}>
              {line.number}
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
