import type { Running } from '../wire/generated.ts';
import { clockTo, headcount, minutesSeconds, phaseNext } from '../state/derived.ts';
import { counted } from '../words.ts';
import { useHere, useNow } from './here.tsx';
import { PHASE_WORDS } from './hearth.tsx';
import { Button } from './parts.tsx';

export function Top({ leave, crisis }: { leave(): void; crisis(): void }) {
  const { view, words } = useHere();
  const { here, expected } = headcount(view);
  const facts = [
    view.week > 0 ? words.say('room-week', { week: view.week }) : '',
    counted(words, 'room-here-one', 'room-here-other', here),
    expected > 0 ? counted(words, 'room-expected-one', 'room-expected-other', expected) : '',
  ];
  return (
    <header className="top">
      <div className="name">
        <h1>{view.title}</h1>
        <p>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <Phases />
      <div className="top-actions">
        <Button look="quiet" icon="leave" onClick={leave}>
          {words.say('room-leave')}
        </Button>
        <Button className="crisis" onClick={crisis}>
          {words.say('room-crisis')}
        </Button>
      </div>
    </header>
  );
}

function Phases() {
  const { view, words } = useHere();
  if (view.phases.length === 0) return <p className="phases-none" />;
  const at = view.running?.index ?? -1;
  const next = phaseNext(view);
  return (
    <nav className="phases" aria-label={words.say('room-phases')}>
      <ol>
        {view.phases.map((phase, index) => {
          const state = index === at ? 'now' : index < at ? 'past' : 'to-come';
          return (
            <li key={index} className={state} aria-current={index === at ? 'step' : undefined}>
              {index < at && <span aria-hidden="true">✓ </span>}
              {words.say(PHASE_WORDS[phase.kind])}
              {index < at && <span className="unseen">{words.say('room-phase-done')}</span>}
              {index === at && view.running && <PhaseClock running={view.running} />}
            </li>
          );
        })}
      </ol>
      {next && view.running && <p className="next-phase">{words.say('room-phase-next', { phase: words.say(PHASE_WORDS[next.phase.kind]) })}</p>}
    </nav>
  );
}

/** Members get minutes, since seconds that run away make nobody calmer. */
export function PhaseClock({ running }: { running: Running }) {
  const { view, words } = useHere();
  const clock = clockTo(running.until, useNow());
  if (view.lead) {
    const key = clock.over ? 'room-clock-over-exact' : 'room-clock-exact';
    return <span className="digits">{` · ${words.say(key, { time: minutesSeconds(clock) })}`}</span>;
  }
  const key = clock.over ? (clock.said === 0 ? 'room-clock-up' : 'room-clock-over') : 'room-clock-left';
  return <span>{` · ${words.say(key, { minutes: clock.said })}`}</span>;
}
