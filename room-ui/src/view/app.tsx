import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Command } from '../wire/generated.ts';
import { handPlace, messagesOf, takesTurns, unreadAfter } from '../state/derived.ts';
import type { Session } from '../session.ts';
import { NO_DRAFT } from '../tools/chat/index.tsx';
import { Hosted } from '../tools/hosting/strip.tsx';
import { Leaving, Left } from '../tools/reading/left.tsx';
import { Interpreting } from '../tools/interpreting/index.tsx';
import { TOOLS } from '../tools/registry.ts';
import type { Words } from '../words.ts';
import { Alerts } from './alerts.tsx';
import { Bar } from './bar.tsx';
import { Circle } from './circle.tsx';
import { Crisis, End, Help, Keys, Leave, Remove, type Open } from './dialogs.tsx';
import { HereContext, type Here, type Line, type Practice } from './here.tsx';
import { useKeys } from './keys.ts';
import { More } from './more.tsx';
import { Aloud, NO_WORDS, Standing, Toasts, type Toast } from './notices.tsx';
import { Coming } from './pages.tsx';
import { Panel, type Tab } from './panel.tsx';
import { Top } from './top.tsx';

export interface AppProps {
  session: Session;
  words: Words;
  crisis: Line[];
  practice: Practice;
  /** To the goodbye page, when the line is down and nobody can be told. */
  gone(): void;
  start?: { tab?: Tab; panel?: boolean; open?: Open };
}

export function App({ session, words, crisis, practice, gone, start = {} }: AppProps) {
  const { room, own } = useSyncExternalStore(
    (changed) => session.subscribe(changed),
    () => session.get(),
  );
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const numbers = useRef(0);
  const tell = useCallback<Here['tell']>(
    (key, values) => {
      numbers.current += 1;
      const toast = { id: numbers.current, text: words.say(key, values) };
      setToasts((old) => [...old.filter((one) => one.text !== toast.text), toast].slice(-3));
    },
    [words],
  );
  const ask = useCallback(
    async (command: Command) => {
      const no = await session.ask(command);
      if (no) tell(NO_WORDS[no.why], 'most' in no ? { most: no.most } : {});
      return no === null;
    },
    [session, tell],
  );
  const drop = useCallback((id: number) => setToasts((old) => old.filter((toast) => toast.id !== id)), []);
  const view = room.view;
  const here = useMemo<Here | null>(
    () => (view ? { session, words, view, room, own, crisis, practice, ask, tell } : null),
    [session, words, view, room, own, crisis, practice, ask, tell],
  );
  if (room.link === 'over') return <Leaving sheets={session.library.sheets} words={words} farewell={room.farewell} />;
  if (!here) return <Coming words={words} crisis={crisis} />;
  return (
    <HereContext value={here}>
      <Inside here={here} gone={gone} start={start} />
      <Toasts toasts={toasts} drop={drop} />
      <Aloud />
    </HereContext>
  );
}

function Inside({ here, gone, start }: { here: Here; gone(): void; start: NonNullable<AppProps['start']> }) {
  const { view, session, own, ask } = here;
  const [tab, setTab] = useState<Tab>(start.tab ?? (view.lead ? 'guide' : 'chat'));
  const [panel, setPanel] = useState(start.panel ?? (view.lead !== null && view.lead !== undefined && innerWidth >= 1024));
  const [open, setOpen] = useState<Open>(start.open ?? null);
  const [draft, setDraft] = useState(NO_DRAFT);
  const [keysOn, setKeysOn] = useState(true);
  const [read, setRead] = useState(() => messagesOf(view).at(-1)?.id ?? -1);
  const reading = panel && tab === 'chat';
  const newest = messagesOf(view).at(-1)?.id ?? -1;
  useEffect(() => {
    if (reading) setRead(newest);
  }, [reading, newest]);
  const unread = reading ? 0 : unreadAfter(view, read);
  const alerts = view.lead ? view.lead.helps.length + view.lead.drops.length + view.lead.waiting.length : 0;
  const close = () => setOpen(null);
  const openTab = (wanted: Tab) => {
    setPanel(!(panel && tab === wanted));
    setTab(wanted);
  };
  const openChat = () => openTab('chat');
  const hand = handPlace(view, view.you.seat) > 0;
  useKeys(keysOn && open === null, {
    ...Object.assign({}, ...TOOLS.map((tool) => tool.keys?.(here))),
    m: () => view.you.part !== 'observer' && !view.tools.calm.mine?.own && session.setMic(!own.mic),
    v: () => session.setCamera(!own.camera),
    h: () => takesTurns(view) && void ask({ tool: 'hands', act: { do: hand ? 'lower' : 'raise' } }),
    c: openChat,
    '?': () => setOpen('keys'),
    Escape: () => setPanel(false),
  });
  return (
    <div className={`room ${panel ? 'with-panel' : ''} ${view.lead ? 'leads' : ''}`} data-link={here.room.link}>
      <Top leave={() => setOpen('leave')} crisis={() => setOpen('crisis')} />
      <div className="middle">
        <Standing />
        <Hosted help={() => setOpen('help')} />
        {!panel && <Alerts />}
        <Circle />
        <Left sheets={session.library.sheets} words={here.words} open={view.ended ? null : (view.tools.reading?.item ?? null)} />
        <Interpreting />
      </div>
      {panel && (
        <Panel tab={tab} setTab={setTab} close={() => setPanel(false)} unread={unread} draft={draft} setDraft={setDraft}
          remove={(seat) => setOpen({ remove: seat })} end={() => setOpen('end')} />
      )}
      <Bar panelOpen={panel} unread={unread} alerts={panel ? 0 : alerts} openChat={openChat} openGuide={() => openTab('guide')}
        openMore={() => setOpen('more')} leave={() => setOpen('leave')} crisis={() => setOpen('crisis')} help={() => setOpen('help')} />
      {open === 'crisis' && <Crisis close={close} help={() => setOpen('help')} />}
      {open === 'help' && <Help close={close} />}
      {open === 'leave' && <Leave close={close} gone={gone} />}
      {open === 'end' && <End close={close} />}
      {open === 'more' && <More close={close} keys={() => setOpen('keys')} help={() => setOpen('help')} />}
      {open === 'keys' && <Keys close={close} on={keysOn} setOn={setKeysOn} />}
      {open !== null && typeof open === 'object' && <Remove close={close} seat={open.remove} />}
    </div>
  );
}
