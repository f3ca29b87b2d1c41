import { useState } from 'react';
import { nameOf, othersOpen, seated } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Select, Switch, Text } from '../../view/parts.tsx';
import type { ScenePart, Skill } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';
import { Hearth, useAct } from './hearth.tsx';

const MOST = { title: 80, setting: 400, name: 40, wants: 200, watch: 200 };
const PARTS_MOST = 4;
const SKILLS: Record<Skill, string> = {
  communication: 'room-skill-communication',
  empathy: 'room-skill-empathy',
  conflict_resolution: 'room-skill-conflict-resolution',
  listening: 'room-skill-listening',
  stress: 'room-skill-stress',
  problem_solving: 'room-skill-problem-solving',
  emotion_regulation: 'room-skill-emotion-regulation',
  assertiveness: 'room-skill-assertiveness',
};

function Bring({ done }: { done(): void }) {
  const { words } = useHere();
  const [own, setOwn] = useState(false);
  return (
    <div className="stack">
      <p className="soft">{words.say('room-play-about')}</p>
      <Switch label={words.say('room-play-own')} on={own} onChange={setOwn} />
      {own ? <Write done={done} /> : <FromShelf done={done} />}
    </div>
  );
}

function FromShelf({ done }: { done(): void }) {
  const { view, words } = useHere();
  const act = useAct();
  const shelf = view.tools.role_play.shelf ?? [];
  const [card, setCard] = useState(shelf[0]?.card ?? '');
  const lay = async () => {
    if (await act({ do: 'pick', card })) done();
  };
  return (
    <Form send={lay} className="stack">
      <Select label={words.say('room-play-card')} value={card} onChange={setCard}>
        {(Object.keys(SKILLS) as Skill[]).map((skill) => (
          <optgroup key={skill} label={words.say(SKILLS[skill])}>
            {shelf.filter((one) => one.skill === skill).map((one) => (
              <option key={one.card} value={one.card}>
                {one.title}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <Button type="submit" look="main" disabled={!card}>
        {words.say('room-play-lay')}
      </Button>
    </Form>
  );
}

/** A scene that is written on the spot: its title, where we are, and two names are enough. */
function Write({ done }: { done(): void }) {
  const { words } = useHere();
  const act = useAct();
  const [title, setTitle] = useState('');
  const [setting, setSetting] = useState('');
  const [parts, setParts] = useState<readonly ScenePart[]>([{ name: '', wants: '' }, { name: '', wants: '' }]);
  const [watch, setWatch] = useState('');
  const [stop, setStop] = useState(words.say('room-play-stop-word'));
  const change = (at: number, more: Partial<ScenePart>) => setParts((old) => old.map((part, one) => (one === at ? { ...part, ...more } : part)));
  const lay = async () => {
    if (await act({ do: 'lay', title, setting, parts: [...parts], watch, stop })) done();
  };
  const ready = [title, setting, stop, ...parts.map((part) => part.name)].every((text) => text.trim() !== '');
  return (
    <Form send={lay} className="stack">
      <Text single label={words.say('room-play-title')} maxLength={MOST.title} value={title} onChange={(event) => setTitle(event.target.value)} />
      <Text label={words.say('room-play-setting')} maxLength={MOST.setting} value={setting} onChange={(event) => setSetting(event.target.value)} />
      {parts.map((part, at) => (
        <div className="stack" key={at}>
          <Text single label={words.say('room-play-part-name', { part: at + 1 })} maxLength={MOST.name} value={part.name} onChange={(event) => change(at, { name: event.target.value })} />
          <Text single label={words.say('room-play-part-wants', { part: at + 1 })} maxLength={MOST.wants} value={part.wants} onChange={(event) => change(at, { wants: event.target.value })} />
        </div>
      ))}
      {parts.length < PARTS_MOST && <Button onClick={() => setParts([...parts, { name: '', wants: '' }])}>{words.say('room-play-part-more')}</Button>}
      <Text single label={words.say('room-play-watch')} maxLength={MOST.watch} value={watch} onChange={(event) => setWatch(event.target.value)} />
      <Text single label={words.say('room-play-stop-label')} maxLength={MOST.name} value={stop} onChange={(event) => setStop(event.target.value)} />
      <Button type="submit" look="main" disabled={!ready}>
        {words.say('room-play-lay')}
      </Button>
    </Form>
  );
}

/** Who plays what, given by hand; and how hard it was for whom. */
function Guide() {
  const { view, words } = useHere();
  const act = useAct();
  const scene = view.tools.role_play.scene;
  if (!scene?.lead) return null;
  const people = seated(view).filter((chair) => chair.presence === 'here' && (chair.part === 'member' || chair.part === 'facilitator'));
  const casting = scene.stage === 'laid' || scene.stage === 'paused';
  const stopper = scene.lead.stopped_by;
  return (
    <section aria-labelledby="guide-role-play">
      <h3 id="guide-role-play">{words.say('room-play-guide')}</h3>
      {scene.stage === 'paused' && stopper !== null && stopper !== undefined && <p className="soft">{words.say('room-play-stopped-by', { name: nameOf(view, stopper) })}</p>}
      {casting &&
        scene.parts.map((part, index) => (
          <Select key={index} label={part.name} hint={part.wants || undefined} value={part.seat ?? ''} onChange={(value) => void act({ do: 'assign', part: index, seat: value === '' ? null : Number(value) })}>
            <option value="">{words.say('room-play-free')}</option>
            {people.filter((chair) => !chair.listening || chair.seat === part.seat).map((chair) => (
              <option key={chair.seat} value={chair.seat}>
                {chair.name}
              </option>
            ))}
          </Select>
        ))}
      {scene.lead.burdens.length > 0 && (
        <ul className="rows">
          {scene.lead.burdens.map((one) => (
            <li key={one.seat}>
              <span>{nameOf(view, one.seat)}</span>
              <small>{words.say('room-play-burden-of', { before: one.before ?? '–', after: one.after ?? '–' })}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export const rolePlay: Tool = {
  name: 'role_play',
  holds: (view) => {
    const stage = view.tools.role_play.scene?.stage;
    return stage === 'feedback' ? !othersOpen(view) : stage !== undefined;
  },
  Hearth,
  bring: { key: 'room-tool-role-play', Form: Bring },
  Guide,
};
