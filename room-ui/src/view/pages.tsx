import type { Farewell } from '../wire/generated.ts';
import { tel, type Words } from '../words.ts';
import type { Line } from './here.tsx';
import { Button } from './parts.tsx';

/** Before the first view. The crisis numbers are here too: nobody must wait for them. */
export function Coming({ words, crisis }: { words: Words; crisis: Line[] }) {
  return (
    <div className="page">
      <div className="ember" aria-hidden="true" />
      <div role="status">
        <h1>{words.say('room-coming')}</h1>
      </div>
      <p className="soft">{words.say('room-coming-note')}</p>
      <p className="soft">
        {words.say('room-crisis')}
        {': '}
        {crisis.map((line, index) => (
          <span key={`${line.name} ${line.number}`}>
            {index > 0 && ' · '}
            {`${line.name} `}
            <a className="phone" href={tel(line.number)}>
              {line.number}
            </a>
          </span>
        ))}
      </p>
    </div>
  );
}

/** The two farewells that stay on this page; the others lead to a page of their own. */
export function Over({ words, farewell }: { words: Words; farewell: Farewell | null }) {
  const key = farewell === 'replaced' ? 'room-replaced' : farewell === 'too_fast' ? 'room-too-fast' : null;
  if (!key) {
    return (
      <div className="page">
      <div role="status">
        <h1>{words.say('room-over')}</h1>
      </div>
      </div>
    );
  }
  return (
    <div className="page">
      <div className="ember" aria-hidden="true" />
      <div role="status">
        <h1>{words.say(key)}</h1>
      </div>
      <p className="soft">{words.say(farewell === 'replaced' ? 'room-replaced-note' : 'room-too-fast-note')}</p>
      <Button look="main" className="large" onClick={() => location.reload()}>
        {words.say(farewell === 'replaced' ? 'room-replaced-back' : 'room-too-fast-back')}
      </Button>
    </div>
  );
}
