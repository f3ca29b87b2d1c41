import { phaseNow, headcount } from '../state/derived.ts';
import { counted } from '../words.ts';
import { TOOLS } from '../tools/registry.ts';
import { NeedMoment } from '../tools/calm/index.tsx';
import { ClosingHearth } from '../tools/closing/index.tsx';
import { useHere } from './here.tsx';
import { Button } from './parts.tsx';

/** The centre: what the group shares right now, and at most one thing at a time. */
export function Hearth() {
  const { view, words } = useHere();
  const Held = TOOLS.find((tool) => tool.holds(view))?.Hearth;
  return (
    <>
      {view.without_leader && view.begun_at && (
        <p className="kind-note" role="status">
          {words.say('room-without-leader')}
        </p>
      )}
      {view.ended ? <Ended /> : Held ? <Held /> : !view.begun_at ? <Before /> : view.tools.closing ? <ClosingHearth /> : <Theme />}
    </>
  );
}

function Before() {
  const { view, words, ask } = useHere();
  const { here, expected } = headcount(view);
  return (
    <div className="hearth-in">
      <p className="eyebrow">{words.say('room-before-eyebrow')}</p>
      <h2 className="quote">{words.say('room-before-title')}</h2>
      <p className="soft">{words.say(view.lead ? 'room-before-lead' : view.without_leader ? 'room-before-no-leader' : 'room-before-member')}</p>
      {view.lead && (
        <>
          <p className="soft">
            {counted(words, 'room-here-one', 'room-here-other', here)}
            {expected > 0 && ` · ${counted(words, 'room-expected-one', 'room-expected-other', expected)}`}
          </p>
          <div className="actions">
            <Button look="main" className="large" onClick={() => void ask({ do: 'begin' })}>
              {words.say('room-begin')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function Theme() {
  const { view, words } = useHere();
  const phase = phaseNow(view);
  if (!phase || (!phase.prompt && !phase.theme)) {
    return (
      <div className="hearth-in">
        <h2 className="quote">{words.say('room-welcome')}</h2>
        <p className="soft">{words.say('room-welcome-note')}</p>
        <NeedMoment />
      </div>
    );
  }
  return (
    <div className="hearth-in">
      <p className="eyebrow">{phase.prompt && phase.theme ? phase.theme : words.say(PHASE_WORDS[phase.kind])}</p>
      <h2 className="quote">{phase.prompt || phase.theme}</h2>
      <p className="soft">{words.say('room-theme-note')}</p>
      <NeedMoment />
    </div>
  );
}

function Ended() {
  const { words } = useHere();
  return (
    <div className="hearth-in">
      <h2 className="quote">{words.say('room-ended')}</h2>
      <p className="soft">{words.say('room-ended-note')}</p>
    </div>
  );
}

export const PHASE_WORDS = {
  check_in: 'room-phase-check-in',
  learn: 'room-phase-learn',
  practise: 'room-phase-practise',
  discuss: 'room-phase-discuss',
  close: 'room-phase-close',
} as const;
