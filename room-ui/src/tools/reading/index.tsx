import { useEffect, useRef, useState } from 'react';
import type { Told } from '../../session.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Select } from '../../view/parts.tsx';
import type { Words } from '../../words.ts';
import type { Passage, ReadingCommand, ReadingView } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';
import { Readings } from './shelf.tsx';
import { Blanks, Keep } from './sheet.tsx';
import { Blocks, Line, plain } from './text.tsx';

function useAct() {
  const { ask } = useHere();
  return (act: ReadingCommand) => ask({ tool: 'reading', act });
}

/** Null while it is fetched, 'closed' if it is not open to us, false if that did not work. */
type Fetched = Told | 'closed' | null | false;

function useTold(item: string, tries: number): Fetched {
  const { session } = useHere();
  const [told, setTold] = useState<Fetched>(null);
  useEffect(() => {
    let wanted = true;
    setTold(null);
    session.library.words(item).then(
      (found) => wanted && setTold(found ?? 'closed'),
      () => wanted && setTold(false),
    );
    return () => {
      wanted = false;
    };
  }, [session, item, tries]);
  return told;
}

function Hearth() {
  const { view } = useHere();
  const open = view.tools.reading;
  return open ? <Fetch key={open.item} open={open} /> : null;
}

function Fetch({ open }: { open: ReadingView }) {
  const [tries, setTries] = useState(0);
  return <Shown open={open} told={useTold(open.item, tries)} again={() => setTries(tries + 1)} />;
}

export function Shown({ open, told, again }: { open: ReadingView; told: Fetched; again(): void }) {
  const { view, words } = useHere();
  if (told && told !== 'closed') return <Reading open={open} told={told} />;
  return (
    <div className="hearth-in reading">
      <h2 className="title">{open.title}</h2>
      {told === null && <p className="soft">{words.say('room-reading-wait')}</p>}
      {told === 'closed' && <p role="status">{words.say('room-reading-closed')}</p>}
      {told === false && (
        <div role="alert" className="stack">
          <p>{words.say('room-reading-not-here')}</p>
          <Button onClick={again}>{words.say('room-slides-again')}</Button>
        </div>
      )}
      {view.lead && <PutAway />}
    </div>
  );
}

function nameOf(told: Told, at: number, words: Words): string {
  const title = plain(told.parts[at]?.title ?? []);
  if (title === '') return words.say('room-reading-beginning');
  return told.is_worksheet ? `${at + 1}. ${title}` : title;
}

/** The words, with the place where the group is. Another language may have fewer headings: then the group is at the last. */
export function Reading({ open, told }: { open: ReadingView; told: Told }) {
  const { view, words } = useHere();
  const here = Math.min(open.part, told.parts.length - 1);
  const box = useRef<HTMLDivElement>(null);
  const follow = useFollow(box, here, Boolean(view.lead));
  return (
    <div className="hearth-in reading" ref={box}>
      {view.lead && <Lead told={told} here={here} />}
      <p className="unseen" role="status">
        {words.say('room-reading-at', { part: nameOf(told, here, words) })}
      </p>
      <h2 className="title">{told.title}</h2>
      {told.is_worksheet && <p className="soft">{told.lead}</p>}
      {told.is_worksheet && <p className="private">{words.say(told.keeps ? 'room-reading-private' : 'room-reading-for-members')}</p>}
      <div className="text" lang={words.lang}>
        {told.parts.map((part, at) => (
          <Section key={at} part={part} number={told.is_worksheet ? at + 1 : null} here={at === here} lead={at === 0 && !told.is_worksheet ? told.lead : ''}>
            {told.keeps && part.blanks.length > 0 && <Blanks item={open.item} told={told} part={part} />}
          </Section>
        ))}
      </div>
      {told.sources.length > 0 && (
        <section className="sources">
          <h3>{words.say('room-reading-sources')}</h3>
          <ol>
            {told.sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ol>
        </section>
      )}
      {told.keeps && <Keep item={open.item} told={told} />}
      {follow.elsewhere && (
        <div className="along">
          <Button onClick={follow.go}>{words.say('room-reading-follow', { part: nameOf(told, here, words) })}</Button>
        </div>
      )}
    </div>
  );
}

/** One heading with what stands under it. Where the group is carries a mark and its words, not a colour alone. */
function Section({ part, number, here, lead, children }: { part: Passage; number: number | null; here: boolean; lead: string; children: React.ReactNode }) {
  const { words } = useHere();
  return (
    <section className={here ? 'part here' : 'part'} tabIndex={-1} aria-current={here ? 'true' : undefined}>
      {here && <p className="we-are">{words.say('room-reading-here')}</p>}
      {part.title.length > 0 && (
        <h3>
          {number !== null && `${number}. `}
          <Line line={part.title} />
        </h3>
      )}
      {lead !== '' && <p className="soft">{lead}</p>}
      <Blocks blocks={part.blocks} />
      {children}
    </section>
  );
}

const SCROLLS = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '];

/** Goes along with the group, until somebody looks somewhere else or writes; then only when they say so. */
function useFollow(box: React.RefObject<HTMLElement | null>, here: number, leads: boolean): { elsewhere: boolean; go(): void } {
  const [alone, setAlone] = useState(false);
  const inSight = useInSight(box, here);
  const along = leads || !alone;
  const bring = () => {
    const part = box.current?.querySelector<HTMLElement>('.part.here');
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const hearth = part?.closest('.hearth');
    if (!part || !hearth) return part;
    // Only the hearth moves: the circle beside or below it stays where somebody has it.
    const under = parseFloat(getComputedStyle(part).scrollMarginTop);
    hearth.scrollBy({ top: part.getBoundingClientRect().top - hearth.getBoundingClientRect().top - under, behavior: still ? 'auto' : 'smooth' });
    return part;
  };
  const first = useRef(true);
  useEffect(() => {
    // At the beginning there is nowhere to go.
    if (along && !(first.current && here === 0)) bring();
    first.current = false;
  }, [here]);
  useEffect(() => {
    const away = () => setAlone(true);
    const focus = ({ target }: FocusEvent) => !(target as Element).matches('.part') && away();
    const key = (event: KeyboardEvent) => SCROLLS.includes(event.key) && away();
    const hearth = box.current?.closest<HTMLElement>('.hearth') ?? box.current;
    if (!hearth) return undefined;
    hearth.addEventListener('wheel', away, { passive: true });
    hearth.addEventListener('touchmove', away, { passive: true });
    hearth.addEventListener('focusin', focus);
    hearth.addEventListener('keydown', key);
    return () => {
      hearth.removeEventListener('wheel', away);
      hearth.removeEventListener('touchmove', away);
      hearth.removeEventListener('focusin', focus);
      hearth.removeEventListener('keydown', key);
    };
  }, [box]);
  return {
    elsewhere: !along && !inSight,
    go() {
      setAlone(false);
      // The button goes away; whoever pressed it by keyboard reads on from there.
      bring()?.focus({ preventScroll: true });
    },
  };
}

/** Whether the place of the group can be seen at all. */
function useInSight(box: React.RefObject<HTMLElement | null>, here: number): boolean {
  const [inSight, setInSight] = useState(true);
  useEffect(() => {
    const part = box.current?.querySelector('.part.here');
    if (!part) return undefined;
    const watch = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? true), { root: part.closest('.hearth') });
    watch.observe(part);
    return () => watch.disconnect();
  }, [box, here]);
  return inSight;
}

function Lead({ told, here }: { told: Told; here: number }) {
  const { words } = useHere();
  const act = useAct();
  const last = told.parts.length - 1;
  // While the room is asked we are where somebody pressed, so that pressing twice goes two parts on.
  const [wished, setWished] = useState<number | null>(null);
  const at = Math.min(wished ?? here, last);
  const go = async (part: number) => {
    if (part < 0 || part > last) return;
    setWished(part);
    await act({ do: 'go', part });
    setWished((latest) => (latest === part ? null : latest));
  };
  return (
    <div className="lead-where" role="group" aria-label={words.say('room-facilitator')}>
      <Select bare label={words.say('room-reading-where')} value={at} onChange={(part) => void go(Number(part))}>
        {told.parts.map((_, part) => (
          <option key={part} value={part}>
            {nameOf(told, part, words)}
          </option>
        ))}
      </Select>
      <div className="actions">
        {/* Never disabled: whoever presses by keyboard would lose their place at the end. */}
        <Button aria-disabled={at === 0} onClick={() => void go(at - 1)}>
          {words.say('room-reading-before')}
        </Button>
        <Button aria-disabled={at === last} onClick={() => void go(at + 1)}>
          {words.say('room-reading-next')}
        </Button>
        <PutAway />
      </div>
    </div>
  );
}

function PutAway() {
  const { words } = useHere();
  const act = useAct();
  return (
    <Button look="quiet" onClick={() => void act({ do: 'close' })}>
      {words.say('room-reading-close')}
    </Button>
  );
}

function Bring({ done }: { done(): void }) {
  const act = useAct();
  return (
    <Readings
      open={async ({ item, title }) => {
        if (await act({ do: 'open', item, title })) done();
      }}
    />
  );
}

export const reading: Tool = { name: 'reading', wide: true, holds: (view) => Boolean(view.tools.reading), Hearth, bring: { key: 'room-tool-reading', Form: Bring }, Guide: null };
