import { type ReactNode, useState } from 'react';
import { clockTo, minutesSeconds, nameOf, takesTurns } from '../../state/derived.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Form, Text } from '../../view/parts.tsx';
import { BoardHere, OpenAtTables } from '../board/index.tsx';
import type { PlanView, RoundView, TablesCommand, TableView } from '../../wire/generated.ts';

const NOTE_MOST = 1_000;

export function useAct() {
  const { ask } = useHere();
  return (act: TablesCommand) => ask({ tool: 'tables', act });
}

export function Hearth() {
  const { view } = useHere();
  const { spots, plan, round, brought } = view.tools.tables;
  const spot = spots[view.you.seat];
  if (spot?.at === 'aside') return <Aside with={spot.of} />;
  if (round?.mine) return <AtTable round={round} table={round.mine} />;
  if (round) return <InCircle round={round} />;
  if (plan) return <Choosing plan={plan} />;
  return brought.length > 0 ? <Brought /> : null;
}

/** Members get minutes: seconds that run away make nobody calmer. The last minute is said in words. */
function Back({ until }: { until: number }) {
  const { view, words } = useHere();
  const clock = clockTo(until, useNow());
  if (view.lead) return <span className="digits">{` · ${minutesSeconds(clock)}`}</span>;
  return <span>{` · ${clock.said > 1 ? words.say('room-tables-back-in', { minutes: clock.said }) : words.say('room-tables-back-soon')}`}</span>;
}

function AtTable({ round, table }: { round: RoundView; table: TableView }) {
  const { view, words } = useHere();
  const act = useAct();
  return (
    <Beside>
      <p className="eyebrow">
        {words.say('room-tables-table', { table: table.table + 1 })}
        <Back until={round.until} />
      </p>
      <h2 className="quote">{table.prompt || words.say('room-tables-no-task')}</h2>
      {round.told && (
        <p className="kind-note" role="status">
          {words.say('room-tables-told', { text: round.told.text })}
        </p>
      )}
      {table.coming.map((seat) => (
        <p key={seat} className="kind-note" role="status">
          {words.say('room-tables-coming', { name: nameOf(view, seat) })}
        </p>
      ))}
      {takesTurns(view) && <Note table={table} />}
      {takesTurns(view) && !view.tools.board.here && (
        <details className="table-open">
          <summary>{words.say('room-board-for-table')}</summary>
          <OpenAtTables all={false} />
        </details>
      )}
      <div className="actions">
        {!view.lead && takesTurns(view) && (
          <Button onClick={() => void act({ do: 'call' })} disabled={table.called}>
            {words.say(table.called ? 'room-tables-called' : 'room-tables-call')}
          </Button>
        )}
        <Button look="quiet" onClick={() => void act({ do: 'come_back' })}>
          {words.say('room-tables-come-back')}
        </Button>
      </div>
    </Beside>
  );
}

/** What is said here, and beside it the whiteboard that lies here, if there is one. */
function Beside({ children }: { children: ReactNode }) {
  const { view } = useHere();
  if (!view.tools.board.here) return <div className="hearth-in">{children}</div>;
  return (
    <div className="beside-board">
      <div className="hearth-in">{children}</div>
      <BoardHere />
    </div>
  );
}

/** One note for the table. What I am typing stays mine until I keep it; what another keeps meanwhile is shown, so that nobody wipes it out unseen. */
function Note({ table }: { table: TableView }) {
  const { words } = useHere();
  const act = useAct();
  const [draft, setDraft] = useState<{ from: string; text: string } | null>(null);
  const other = draft && draft.from !== table.note ? table.note : null;
  const keep = async () => {
    if (draft && (await act({ do: 'note', text: draft.text }))) setDraft(null);
  };
  return (
    <Form send={keep} className="stack table-note">
      <Text
        label={words.say('room-tables-note')}
        hint={words.say('room-tables-note-hint')}
        maxLength={NOTE_MOST}
        value={draft?.text ?? table.note}
        onChange={(event) => setDraft({ from: draft?.from ?? table.note, text: event.target.value })}
      />
      {other !== null && (
        <p className="kind-note" role="status">
          {other ? words.say('room-tables-note-other', { text: other }) : words.say('room-tables-note-emptied')}
        </p>
      )}
      {draft && (
        <Button type="submit" look="main">
          {words.say('room-tables-note-keep')}
        </Button>
      )}
    </Form>
  );
}

function InCircle({ round }: { round: RoundView }) {
  const { view, words } = useHere();
  return (
    <Beside>
      <p className="eyebrow">
        {words.say('room-tool-tables')}
        <Back until={round.until} />
      </p>
      <h2 className="quote">{words.say('room-tables-out')}</h2>
      <p className="soft">
        {round.going === null || round.going === undefined
          ? words.say(view.lead ? 'room-tables-out-lead' : 'room-tables-out-member')
          : words.say('room-tables-going', { table: round.going + 1 })}
      </p>
    </Beside>
  );
}

function Aside({ with: leader }: { with: number }) {
  const { view, words } = useHere();
  const act = useAct();
  const leads = leader === view.you.seat;
  const other = Object.entries(view.tools.tables.spots).find(([seat, spot]) => Number(seat) !== leader && spot.at === 'aside' && spot.of === leader);
  return (
    <div className="hearth-in">
      <p className="eyebrow">{words.say('room-aside')}</p>
      <h2 className="quote">{words.say('room-aside-title', { name: nameOf(view, leads ? Number(other?.[0] ?? leader) : leader) })}</h2>
      <p className="soft">{words.say('room-aside-note')}</p>
      <div className="actions">
        <Button look="main" onClick={() => void act({ do: 'come_back' })}>
          {words.say(leads ? 'room-aside-end' : 'room-tables-come-back')}
        </Button>
      </div>
    </div>
  );
}

function Choosing({ plan }: { plan: PlanView }) {
  const { words } = useHere();
  const act = useAct();
  return (
    <div className="hearth-in">
      <p className="eyebrow">{words.say('room-tool-tables')}</p>
      <h2 className="quote">{words.say('room-tables-choose')}</h2>
      <p className="soft">{words.say('room-tables-choose-note')}</p>
      <ul className="tables-choice">
        {plan.prompts.map((prompt, table) => (
          <li key={table}>
            <Button look={plan.mine === table ? 'main' : 'plain'} aria-pressed={plan.mine === table} onClick={() => void act({ do: 'take', table })}>
              {words.say('room-tables-take', { table: table + 1, count: plan.taken[table] ?? 0 })}
            </Button>
            {prompt && <span>{prompt}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Brought() {
  const { view, words } = useHere();
  const act = useAct();
  return (
    <div className="hearth-in">
      <p className="eyebrow">{words.say('room-tables-brought')}</p>
      <ul className="brought">
        {view.tools.tables.brought.map((one) => (
          <li key={one.table}>
            <small>{words.say('room-tables-table', { table: one.table + 1 })}</small>
            <p>{one.text}</p>
          </li>
        ))}
      </ul>
      {view.lead && (
        <div className="actions">
          <Button look="quiet" onClick={() => void act({ do: 'clear' })}>
            {words.say('room-tables-put-away')}
          </Button>
        </div>
      )}
    </div>
  );
}
