import { nameOf } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import type { Ballot, PollView, Tally } from '../../wire/generated.ts';

/** What came, in the shape in which it was asked. Every number stands there as a number, too. */
export function Result({ poll, result }: { poll: PollView; result: Tally }) {
  const { words } = useHere();
  const { kind, options } = poll.ask;
  const most = Math.max(1, ...result.counts);
  if (kind === 'words') {
    const largest = Math.max(1, ...result.words.map((one) => one.count));
    return (
      <>
        <ul className="poll-cloud" aria-label={words.say('room-poll-result')}>
          {result.words.map(({ word, count }) => (
            <li key={word} style={{ fontSize: `${16 + (18 * count) / largest}px` }}>
              {word}
              {count > 1 && <small>{` ${count}`}</small>}
            </li>
          ))}
        </ul>
        <Who poll={poll} told={(ballot) => ('words' in ballot ? ballot.words : '')} />
      </>
    );
  }
  if (kind === 'order') {
    const order = options.map((option, at) => ({ option, sum: result.counts[at] ?? 0 })).sort((one, other) => one.sum - other.sum);
    return (
      <>
        <ol className="poll-ranks" aria-label={words.say('room-poll-result')}>
          {order.map(({ option, sum }) => (
            <li key={option}>
              <span>{option}</span>
              <small>{words.say('room-poll-place', { place: (sum / Math.max(1, result.answered)).toFixed(1) })}</small>
            </li>
          ))}
        </ol>
        <Who poll={poll} told={(ballot) => ('order' in ballot ? ballot.order.map((at) => options[at] ?? '').join(', ') : '')} />
      </>
    );
  }
  if (kind === 'scale') {
    return (
      <>
        <ol className="poll-scale" start={0} aria-label={words.say('room-poll-result')}>
          {result.counts.map((count, point) => (
            <li key={point}>
              <span className="unseen">{words.say('room-poll-point', { point, count })}</span>
              <b aria-hidden="true">{count > 0 ? count : ''}</b>
              <span className="column" aria-hidden="true" style={{ height: `${(count / most) * 72}px` }} />
              <small aria-hidden="true">{point}</small>
            </li>
          ))}
        </ol>
        <Who poll={poll} told={(ballot) => ('score' in ballot ? String(ballot.score) : '')} />
      </>
    );
  }
  return (
    <ul className="poll-bars" aria-label={words.say('room-poll-result')}>
      {options.map((option, at) => (
        <li key={at}>
          <span>{option}</span>
          <b className="digits">{result.counts[at] ?? 0}</b>
          <span className="track" aria-hidden="true">
            <span className="fill" style={{ width: `${((result.counts[at] ?? 0) / Math.max(1, result.answered)) * 100}%` }} />
          </span>
          <Names poll={poll} chose={(ballot) => ('choice' in ballot ? ballot.choice === at : 'choices' in ballot && ballot.choices.includes(at))} />
        </li>
      ))}
    </ul>
  );
}

/** Named polls only: there is nobody in the others. */
function Names({ poll, chose }: { poll: PollView; chose(ballot: Ballot): boolean }) {
  const { view } = useHere();
  const names = Object.entries(poll.who)
    .filter(([, ballot]) => chose(ballot))
    .map(([seat]) => nameOf(view, Number(seat)));
  return names.length > 0 ? <small>{names.join(', ')}</small> : null;
}

function Who({ poll, told }: { poll: PollView; told(ballot: Ballot): string }) {
  const { view } = useHere();
  const all = Object.entries(poll.who);
  if (all.length === 0) return null;
  return (
    <ul className="poll-who">
      {all.map(([seat, ballot]) => (
        <li key={seat}>
          <b>{nameOf(view, Number(seat))}</b> {told(ballot)}
        </li>
      ))}
    </ul>
  );
}
