import { useState } from 'react';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Text } from '../../view/parts.tsx';
import type { Marker, MarkersCommand, Moment } from '../../wire/generated.ts';
import { NO_HEARTH, type Tool } from '../tool.ts';

const MOST = 200;
/** As many as are looked at in a session; all of them are in the note afterwards. */
const SHOWN = 3;
/** By the number keys, 1 to 7. */
const MOMENTS: readonly Exclude<Moment, 'own'>[] = ['universality', 'catharsis', 'cohesion', 'interpersonal_learning', 'hope', 'rupture', 'repair'];

const NAMES: Record<Moment, string> = {
  universality: 'room-marker-universality',
  catharsis: 'room-marker-catharsis',
  cohesion: 'room-marker-cohesion',
  interpersonal_learning: 'room-marker-interpersonal-learning',
  hope: 'room-marker-hope',
  rupture: 'room-marker-rupture',
  repair: 'room-marker-repair',
  own: 'room-marker-own',
};

function useAct() {
  const { ask } = useHere();
  return (act: MarkersCommand) => ask({ tool: 'markers', act });
}

/** What just happened in the group, noted with one key. Leaders alone see it; it stands in the group's note afterwards. */
function Guide() {
  const { view, words } = useHere();
  const act = useAct();
  const [own, setOwn] = useState('');
  const marked = view.tools.markers ?? [];
  const keep = async () => {
    if (await act({ do: 'mark', moment: 'own', note: own })) setOwn('');
  };
  if (!view.begun_at) return null;
  return (
    <section aria-labelledby="guide-markers">
      <header className="line">
        <h3 id="guide-markers">{words.say('room-markers')}</h3>
        <small>{words.say('room-markers-note')}</small>
      </header>
      <div className="moments">
        {MOMENTS.map((moment, index) => (
          <Button key={moment} look="quiet" aria-keyshortcuts={String(index + 1)} onClick={() => void act({ do: 'mark', moment, note: '' })}>
            {`${index + 1} ${words.say(NAMES[moment])}`}
          </Button>
        ))}
      </div>
      <Form send={keep} className="stack">
        <Text single label={words.say('room-markers-own')} maxLength={MOST} required value={own} onChange={(event) => setOwn(event.target.value)} />
        {own && <Button type="submit">{words.say('room-markers-keep')}</Button>}
      </Form>
      {marked.length > 0 && (
        <ul className="rows marked">
          {marked.slice(-SHOWN).map((marker) => (
            <Marked key={marker.id} marker={marker} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Marked({ marker }: { marker: Marker }) {
  const { view, words } = useHere();
  const act = useAct();
  const time = new Date(marker.at).toLocaleTimeString(words.lang, { hour: 'numeric', minute: '2-digit' });
  return (
    <li>
      <span>
        {marker.note || words.say(NAMES[marker.moment])}
        <small>{marker.note && marker.moment !== 'own' ? `${time} · ${words.say(NAMES[marker.moment])}` : time}</small>
      </span>
      {marker.by === view.you.seat && (
        <Button look="quiet" onClick={() => void act({ do: 'remove', id: marker.id })} aria-label={words.say('room-markers-remove-at', { time })}>
          {words.say('room-markers-remove')}
        </Button>
      )}
    </li>
  );
}

export const markers: Tool = {
  name: 'markers',
  ...NO_HEARTH,
  bring: null,
  Guide,
  keys: ({ view, ask }) => (view.lead && view.begun_at ? Object.fromEntries(MOMENTS.map((moment, index) => [String(index + 1), () => void ask({ tool: 'markers', act: { do: 'mark', moment, note: '' } })])) : {}),
};
