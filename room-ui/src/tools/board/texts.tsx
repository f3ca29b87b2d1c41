import { useEffect, useState } from 'react';
import { reads } from '../../state/board_feed.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Select, Text } from '../../view/parts.tsx';
import type { BoardElement, BoardView } from '../../wire/generated.ts';
import type { Mounted } from './mount.ts';

const MOST = 300;

interface TextsProps {
  board: BoardView;
  pen: Mounted | null;
}

/** The words on the board for whoever hears the room, cannot read small writing, or writes by keyboard alone. A canvas says nothing by itself. */
export function Texts({ board, pen }: TextsProps) {
  const { words } = useHere();
  const written = useWritten(board.number);
  const [mine, setMine] = useState<string[][]>([]);
  const takeBack = (note: string[]) => {
    pen?.takeBack(note);
    setMine(mine.filter((one) => one !== note));
  };
  return (
    <details className="texts">
      <summary>{words.say('room-board-texts', { count: written.length })}</summary>
      {written.length === 0 ? (
        <p className="soft">{words.say('room-board-texts-none')}</p>
      ) : (
        <ul className="rows">
          {written.map((one) => {
            const note = mine.find((ids) => ids.includes(one.id));
            return (
              <li key={one.id}>
                <span>{reads(one)}</span>
                {note && board.may_draw && (
                  <Button look="quiet" aria-label={words.say('room-board-note-back-of', { note: reads(one) })} onClick={() => takeBack(note)}>
                    {words.say('room-board-note-back')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {board.may_draw && pen && <Note written={written} pen={pen} made={(note) => setMine([...mine, note])} />}
    </details>
  );
}

function Note({ written, pen, made }: { written: readonly BoardElement[]; pen: Mounted; made(note: string[]): void }) {
  const { words, room, tell } = useHere();
  const [text, setText] = useState('');
  const [under, setUnder] = useState('');
  const write = async () => {
    if (room.link !== 'live') return tell('room-no-offline');
    if (!text.trim()) return;
    made(pen.note(text.trim(), under || null));
    setText('');
  };
  return (
    <Form send={write} className="stack">
      <Text label={words.say('room-board-note')} single required maxLength={MOST} value={text} onChange={(event) => setText(event.target.value)} />
      {written.length > 0 && (
        <Select label={words.say('room-board-note-under')} value={under} onChange={setUnder}>
          <option value="">{words.say('room-board-note-free')}</option>
          {written.map((one) => (
            <option key={one.id} value={one.id}>
              {reads(one)}
            </option>
          ))}
        </Select>
      )}
      <Button type="submit">{words.say('room-board-note-lay')}</Button>
      <small>{words.say('room-board-note-hint')}</small>
    </Form>
  );
}

/** Read anew a moment after something changed, not at every stroke. */
function useWritten(board: number): BoardElement[] {
  const { session } = useHere();
  const [written, setWritten] = useState(() => session.board.written(board));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = () => {
      timer = null;
      setWritten((old) => {
        const now = session.board.written(board);
        return now.length === old.length && now.every((one, at) => one.id === old[at]?.id && reads(one) === reads(old[at])) ? old : now;
      });
    };
    look();
    const off = session.board.subscribe(() => void (timer ??= setTimeout(look, 700)));
    return () => {
      off();
      if (timer) clearTimeout(timer);
    };
  }, [session, board]);
  return written;
}
