import { useEffect, useRef, useState } from 'react';
import { nameOf, seated } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Choice, Form, Select, Switch } from '../../view/parts.tsx';
import type { BoardCommand, BoardTemplate, BoardView, Drawers } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';
import { canvas, type Given, type Mounted } from './mount.ts';
import { Texts } from './texts.tsx';

export const TEMPLATES: Record<BoardTemplate, string> = {
  feelings: 'room-board-feelings',
  thought: 'room-board-thought',
  values: 'room-board-values',
  control: 'room-board-control',
  coping: 'room-board-coping',
  timeline: 'room-board-timeline',
  thermometer: 'room-board-thermometer',
};
const WHO: Record<Drawers['may'], string> = { everybody: 'room-board-everybody', leaders: 'room-board-leaders', named: 'room-board-named' };

function useAct() {
  const { ask } = useHere();
  return (act: BoardCommand) => ask({ tool: 'board', act });
}

/** The drawing itself. Its bundle is larger than the rest of the room together: nobody waits for it who has no board. */
function Drawing({ board, onMounted }: { board: BoardView; onMounted(there: Mounted | null): void }) {
  const { session, words, room, view, tell } = useHere();
  const box = useRef<HTMLDivElement>(null);
  const mounted = useRef<Mounted | null>(null);
  const [state, setState] = useState<'coming' | 'here' | 'missing'>('coming');
  const given: Given = { session, board, lang: words.lang === 'es' ? 'es' : 'en', live: room.link === 'live', name: (seat) => nameOf(view, seat), tell };
  const latest = useRef(given);
  latest.current = given;
  useEffect(() => {
    const inside = document.createElement('div');
    let over = false;
    box.current?.append(inside);
    // Its keys are its own while one is inside: a letter that picks a tool there would mute somebody out here.
    const keep = (event: Event) => event.stopPropagation();
    inside.parentElement?.addEventListener('keydown', keep);
    canvas
      .load()
      .then((mount) => mount(inside, latest.current))
      .then((there) => {
        if (over) return there.unmount();
        mounted.current = there;
        onMounted(there);
        return setState('here');
      })
      .catch(() => setState('missing'));
    return () => {
      over = true;
      // Not while React is at work on our own tree.
      const last = mounted.current;
      mounted.current = null;
      onMounted(null);
      setTimeout(() => {
        last?.unmount();
        inside.remove();
      });
    };
  }, []);
  useEffect(() => mounted.current?.update(latest.current));
  return (
    <div className="drawing-box">
      {state === 'coming' && (
        <p className="soft" role="status">
          {words.say('room-board-coming')}
        </p>
      )}
      {state === 'missing' && (
        <p className="kind-note" role="alert">
          {words.say('room-board-missing')}
        </p>
      )}
      <div className="drawing" ref={box} hidden={state === 'missing'} />
    </div>
  );
}

/** The board that lies where one is: in the circle, or, inside what the table shows, at one's table. */
export function BoardHere() {
  const { view, words } = useHere();
  const [large, setLarge] = useState(true);
  const [pen, setPen] = useState<Mounted | null>(null);
  const board = view.tools.board.here;
  if (!board) return null;
  const yours = board.may_draw ? (board.names ? 'room-board-you-draw-named' : 'room-board-you-draw') : 'room-board-you-look';
  return (
    <div className={large ? 'board large' : 'board'}>
      <header>
        <h2>{words.say(board.template ? TEMPLATES[board.template] : 'room-board')}</h2>
        <small className={atTable(board) ? 'stays' : ''}>{words.say(atTable(board) ? 'room-board-at-table-note' : yours)}</small>
        <Button look="quiet" aria-pressed={large} onClick={() => setLarge(!large)}>
          {words.say(large ? 'room-board-smaller' : 'room-board-larger')}
        </Button>
      </header>
      <Drawing key={board.number} board={board} onMounted={setPen} />
      <Texts key={`texts ${board.number}`} board={board} pen={pen} />
    </div>
  );
}

interface WhoProps {
  who: Drawers;
  onChange(who: Drawers): void;
}

function Who({ who, onChange }: WhoProps) {
  const { view, words } = useHere();
  const named = who.may === 'named' ? who.seats : [];
  const choose = (may: Drawers['may']) => onChange(may === 'named' ? { may, seats: [] } : { may });
  return (
    <>
      <Choice<Drawers['may']> label={words.say('room-board-who')} value={who.may} onChange={choose} options={(Object.keys(WHO) as Drawers['may'][]).map((value) => ({ value, label: words.say(WHO[value]) }))} />
      {who.may === 'named' && (
        <fieldset className="choice">
          <legend>{words.say('room-board-named-who')}</legend>
          <div>
            {seated(view).filter((chair) => chair.part === 'member').map((chair) => (
              <label key={chair.seat}>
                <input
                  type="checkbox"
                  checked={named.includes(chair.seat)}
                  onChange={(event) => onChange({ may: 'named', seats: event.target.checked ? [...named, chair.seat] : named.filter((seat) => seat !== chair.seat) })}
                />
                <span>{chair.name}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

function atTable(board: BoardView): boolean {
  return typeof board.table === 'number';
}

function Sheet({ value, onChange }: { value: BoardTemplate | ''; onChange(value: BoardTemplate | ''): void }) {
  const { words } = useHere();
  return (
    <Select label={words.say('room-board-sheet')} value={value} onChange={(next) => onChange(next as BoardTemplate | '')}>
      <option value="">{words.say('room-board-empty')}</option>
      {(Object.keys(TEMPLATES) as BoardTemplate[]).map((one) => (
        <option key={one} value={one}>
          {words.say(TEMPLATES[one])}
        </option>
      ))}
    </Select>
  );
}

/** A board for one's own table, or, from the guide, for every table that has none. */
export function OpenAtTables({ all, done }: { all: boolean; done?(): void }) {
  const { words } = useHere();
  const act = useAct();
  const [template, setTemplate] = useState<BoardTemplate | ''>('');
  const open = async () => {
    if (await act({ do: all ? 'open_at_tables' : 'open_here', template: template === '' ? null : template })) done?.();
  };
  return (
    <Form send={open} className="stack">
      <Sheet value={template} onChange={setTemplate} />
      <Button type="submit">{words.say(all ? 'room-board-open-all' : 'room-board-open-here')}</Button>
      <small>{words.say('room-board-at-table-kept')}</small>
    </Form>
  );
}

function Bring({ done }: { done(): void }) {
  const { view, words } = useHere();
  const act = useAct();
  const [template, setTemplate] = useState<BoardTemplate | ''>('');
  const [who, setWho] = useState<Drawers>({ may: 'everybody' });
  const [names, setNames] = useState(false);
  const { round } = view.tools.tables;
  if (round) {
    const bare = (view.tools.board.at_tables?.length ?? 0) < round.tables;
    return bare ? <OpenAtTables all done={done} /> : <p className="soft">{words.say('room-board-all-have')}</p>;
  }
  if (view.tools.board.here) return <p className="soft">{words.say('room-board-open-already')}</p>;
  const open = async () => {
    if (await act({ do: 'open', template: template === '' ? null : template, who, names })) done();
  };
  return (
    <Form send={open} className="stack">
      <Sheet value={template} onChange={setTemplate} />
      <Who who={who} onChange={setWho} />
      <Switch label={words.say('room-board-names')} hint={words.say('room-board-names-hint')} on={names} onChange={setNames} />
      <Button type="submit" look="main">
        {words.say('room-board-open')}
      </Button>
      <small>{words.say('room-board-kept')}</small>
    </Form>
  );
}

function Guide() {
  const { view, words } = useHere();
  const act = useAct();
  const board = view.tools.board.here;
  const [changing, setChanging] = useState<Drawers | null>(null);
  if (!board || !view.lead) return null;
  const named = board.who.may === 'named' ? board.who.seats.map((seat) => nameOf(view, seat)).join(', ') : '';
  const save = async () => {
    if (changing && (await act({ do: 'let', who: changing }))) setChanging(null);
  };
  return (
    <section aria-labelledby="guide-board">
      <header className="line">
        <h3 id="guide-board">{words.say('room-board')}</h3>
        <small>{typeof board.table === 'number' ? words.say('room-tables-table', { table: board.table + 1 }) : words.say(WHO[board.who.may])}</small>
      </header>
      {named && <p className="soft">{named}</p>}
      {changing ? (
        <Form send={save} className="stack">
          <Who who={changing} onChange={setChanging} />
          <div className="pair">
            <Button look="quiet" onClick={() => setChanging(null)}>
              {words.say('room-board-who-cancel')}
            </Button>
            <Button type="submit">{words.say('room-board-who-save')}</Button>
          </div>
        </Form>
      ) : (
        !atTable(board) && <Button onClick={() => setChanging(board.who)}>{words.say('room-board-who-change')}</Button>
      )}
      <Switch label={words.say('room-board-names')} on={board.names} onChange={(on) => void act({ do: 'names', on })} />
      <div className="pair">
        <Button onClick={() => void act({ do: board.cleared ? 'lay_back' : 'clear' })}>{words.say(board.cleared ? 'room-board-lay-back' : 'room-board-clear')}</Button>
        <Button onClick={() => void act({ do: 'close' })}>{words.say('room-board-close')}</Button>
      </div>
    </section>
  );
}

export const board: Tool = { name: 'board', holds: (view) => Boolean(view.tools.board.here), Hearth: BoardHere, bring: { key: 'room-tool-board', Form: Bring }, Guide };
