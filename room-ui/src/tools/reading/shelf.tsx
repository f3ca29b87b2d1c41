import { useEffect, useId, useState } from 'react';
import type { Readable } from '../../session.ts';
import { useHere } from '../../view/here.tsx';
import { Text } from '../../view/parts.tsx';
import { ToOpen } from '../../view/shelf.tsx';

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What there is to read for this group, with a line to narrow it. */
export function Readings({ open }: { open(one: Readable): Promise<void> }) {
  const { session, words } = useHere();
  const [shelf, setShelf] = useState<Readable[] | null | false>(null);
  const [looked, setLooked] = useState('');
  useEffect(() => {
    let wanted = true;
    session.library.shelf().then(
      (all) => wanted && setShelf(all),
      () => wanted && setShelf(false),
    );
    return () => {
      wanted = false;
    };
  }, [session]);
  if (shelf === false) return <p role="alert">{words.say('room-shelf-trouble')}</p>;
  if (shelf === null) return <p className="soft">{words.say('room-shelf-wait')}</p>;
  const found = shelf.filter((one) => plain(one.title).includes(plain(looked.trim())));
  return (
    <div className="stack">
      <Text single label={words.say('room-reading-look')} value={looked} onChange={(event) => setLooked(event.target.value)} />
      {found.length === 0 && <p className="soft">{words.say('room-reading-none')}</p>}
      <Some title={words.say('room-reading-articles')} all={found.filter((one) => !one.is_worksheet)} open={open} />
      <Some title={words.say('room-reading-worksheets')} all={found.filter((one) => one.is_worksheet)} open={open} />
    </div>
  );
}

function Some({ title, all, open }: { title: string; all: readonly Readable[]; open(one: Readable): Promise<void> }) {
  const id = useId();
  if (all.length === 0) return null;
  return (
    <div role="group" aria-labelledby={id} className="stack">
      <h4 id={id}>{title}</h4>
      <ToOpen all={all} keyOf={(one) => one.item} open={open} />
    </div>
  );
}
