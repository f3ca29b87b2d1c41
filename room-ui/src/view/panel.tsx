import type { Seat } from '../wire/generated.ts';
import { Chat, type Draft } from '../tools/chat/index.tsx';
import { Alerts } from './alerts.tsx';
import { Guide } from './guide.tsx';
import { useHere } from './here.tsx';
import { Button } from './parts.tsx';
import { People } from './people.tsx';

export type Tab = 'guide' | 'people' | 'chat';

interface PanelProps {
  tab: Tab;
  setTab(tab: Tab): void;
  close(): void;
  unread: number;
  draft: Draft;
  setDraft(draft: Draft): void;
  remove(seat: Seat): void;
  end(): void;
}

const TAB_WORDS = { guide: 'room-tab-guide', people: 'room-tab-people', chat: 'room-tab-chat' } as const;

/** The side panel; a sheet on a phone. Members have only the chat in it. */
export function Panel(props: PanelProps) {
  const { view, words } = useHere();
  const tabs: Tab[] = view.lead ? ['guide', 'people', 'chat'] : ['chat'];
  const tab = tabs.includes(props.tab) ? props.tab : 'chat';
  return (
    <section className="panel" aria-label={words.say('room-panel')}>
      <header className="tabs">
        {tabs.length > 1 ? <Tabs tabs={tabs} tab={tab} setTab={props.setTab} unread={props.unread} /> : <h2>{words.say('room-tab-chat')}</h2>}
        <Button look="quiet" icon="close" className="square" aria-label={words.say('room-panel-close')} onClick={props.close} />
      </header>
      <Alerts remove={tab === 'people' ? props.remove : undefined} />
      <div className="panel-body" role={tabs.length > 1 ? 'tabpanel' : undefined} id="panel-body" aria-labelledby={tabs.length > 1 ? `tab-${tab}` : undefined}>
        {/* Hidden and not gone: a prompt half written outlives a look at the chat. */}
        {view.lead && (
          <div hidden={tab !== 'guide'}>
            <Guide end={props.end} />
          </div>
        )}
        {tab === 'people' && <People remove={props.remove} />}
        {tab === 'chat' && <Chat draft={props.draft} setDraft={props.setDraft} />}
      </div>
    </section>
  );
}

function Tabs({ tabs, tab, setTab, unread }: { tabs: Tab[]; tab: Tab; setTab(tab: Tab): void; unread: number }) {
  const { words } = useHere();
  const step = (by: number) => {
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? 'guide';
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={words.say('room-panel')}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') step(1);
        if (event.key === 'ArrowLeft') step(-1);
      }}
    >
      {tabs.map((one) => (
        <button key={one} id={`tab-${one}`} type="button" role="tab" aria-selected={one === tab} aria-controls="panel-body" tabIndex={one === tab ? 0 : -1} onClick={() => setTab(one)}>
          {words.say(TAB_WORDS[one])}
          {one === 'chat' && unread > 0 && (
            <span className="count">
              {unread}
              <span className="unseen">{words.say('room-unread')}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
