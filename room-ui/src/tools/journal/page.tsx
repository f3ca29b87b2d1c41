import { useState } from 'react';
import { useHere } from '../../view/here.tsx';
import { Button, Choice, Form, Text } from '../../view/parts.tsx';
import type { JournalRound, MyPage, Sharing } from '../../wire/generated.ts';
import type { Keeping } from './keeper.ts';
import { useKept } from './kept.ts';

const PAGE_MOST = 6_000;
const LINE_MOST = 200;
type With = Sharing['with'];
const KEEPING: Record<Keeping, string> = { kept: 'room-journal-kept', keeping: 'room-journal-keeping', waiting: 'room-journal-waiting' };
const CHOSEN: Record<With, string> = { nothing: 'room-journal-gave-nothing', therapist: 'room-journal-gave-therapist', anonymous: 'room-journal-gave-anonymous', named: 'room-journal-gave-named' };

/** One's own page. It stays where it is when the quiet ends, so that nobody is cut off in the middle of a word. */
export function Page({ round, mine }: { round: JournalRound; mine: MyPage }) {
  const { words, session } = useHere();
  const [again, setAgain] = useState(false);
  // Without a toast for each gap in the line: the page itself says that it waits.
  const page = useKept(mine.text, async (text) => (await session.ask({ tool: 'journal', act: { do: 'write', text } })) === null);
  const choosing = round.stage === 'choosing';
  if (choosing && mine.sharing && !again) return <Chosen sharing={mine.sharing} change={() => setAgain(true)} />;
  return (
    <div className={choosing ? 'stack journal-page choosing' : 'stack journal-page'}>
      <div>
        <Text label={words.say('room-journal-page')} hint={words.say('room-journal-private')} rows={5} maxLength={PAGE_MOST} value={page.text} onChange={(event) => page.write(event.target.value)} />
        <p className="soft keeping" role={page.keeping === 'waiting' ? 'status' : undefined}>
          {page.text === '' ? words.say('room-journal-begin') : words.say(KEEPING[page.keeping])}
        </p>
      </div>
      {choosing && <Choose chosen={mine.sharing ?? null} written={page.text.trim() !== ''} flush={() => page.flush()} done={() => setAgain(false)} />}
    </div>
  );
}

function Choose({ chosen, written, flush, done }: { chosen: Sharing | null; written: boolean; flush(): Promise<boolean>; done(): void }) {
  const { words, ask, tell } = useHere();
  const [how, setHow] = useState<With>(chosen?.with ?? 'nothing');
  const [line, setLine] = useState(chosen && 'line' in chosen ? chosen.line : '');
  const wantsLine = how === 'anonymous' || how === 'named';
  const send = async () => {
    if (!(await flush())) return tell('room-journal-waiting');
    const sharing: Sharing = how === 'anonymous' || how === 'named' ? { with: how, line } : { with: how };
    if (await ask({ tool: 'journal', act: { do: 'share', ...sharing } })) done();
  };
  return (
    <Form send={send} className="stack">
      <Choice<With>
        label={words.say('room-journal-choose')}
        value={how}
        onChange={setHow}
        options={[
          { value: 'nothing', label: words.say('room-journal-nothing'), hint: words.say('room-journal-nothing-hint') },
          ...(written ? [{ value: 'therapist' as const, label: words.say('room-journal-therapist'), hint: words.say('room-journal-therapist-hint') }] : []),
          { value: 'anonymous', label: words.say('room-journal-anonymous'), hint: words.say('room-journal-anonymous-hint') },
          { value: 'named', label: words.say('room-journal-named'), hint: words.say('room-journal-named-hint') },
        ]}
      />
      {wantsLine && <Text single label={words.say('room-journal-line')} maxLength={LINE_MOST} value={line} onChange={(event) => setLine(event.target.value)} />}
      <div className="actions">
        <Button type="submit" look="main" disabled={wantsLine && line.trim() === ''}>
          {words.say('room-journal-choose-send')}
        </Button>
      </div>
    </Form>
  );
}

function Chosen({ sharing, change }: { sharing: Sharing; change(): void }) {
  const { words } = useHere();
  return (
    <>
      <p className="journal-chosen">{words.say(CHOSEN[sharing.with], 'line' in sharing ? { line: sharing.line } : {})}</p>
      <p className="soft">{words.say('room-journal-chosen-note')}</p>
      <div className="actions">
        <Button look="quiet" onClick={change}>
          {words.say('room-journal-change')}
        </Button>
      </div>
    </>
  );
}
