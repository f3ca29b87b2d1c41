import { useId, useState } from 'react';
import { takesTurns } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { filled, OptionList } from '../../view/option_list.tsx';
import { Button, Choice, Form, Text } from '../../view/parts.tsx';
import type { QuizAsked, QuizCommand, QuizQuestion, QuizView } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';

const QUESTION_MOST = 300;
const WHY_MOST = 500;
const QUESTIONS_MOST = 10;

function useAct() {
  const { ask } = useHere();
  return (act: QuizCommand) => ask({ tool: 'quiz', act });
}

function answered(asked: QuizAsked): boolean {
  return typeof asked.mine === 'number';
}

function Hearth() {
  const { view, words } = useHere();
  const quiz = view.tools.quiz;
  if (!quiz) return null;
  return (
    <div className="hearth-in quiz">
      {quiz.open && takesTurns(view) ? (
        <Asking key={quiz.id} quiz={quiz} />
      ) : (
        <>
          <p className="eyebrow">{words.say('room-tool-quiz')}</p>
          {quiz.open ? <h2 className="quote">{words.say('room-quiz-watching')}</h2> : <All quiz={quiz} />}
        </>
      )}
      {view.lead && <Lead quiz={quiz} />}
    </div>
  );
}

/** One question after the other, each in one's own time. */
function Asking({ quiz }: { quiz: QuizView }) {
  const { words } = useHere();
  const first = quiz.questions.findIndex((asked) => !answered(asked));
  const [at, setAt] = useState(first === -1 ? quiz.questions.length : first);
  const asked = quiz.questions[at];
  if (!asked) return <Own quiz={quiz} />;
  return (
    <>
      <p className="eyebrow">{words.say('room-quiz-eyebrow', { number: at + 1, of: quiz.questions.length })}</p>
      <h2>{asked.question}</h2>
      {answered(asked) ? (
        <>
          <Solved asked={asked} />
          <div className="actions">
            <Button look="main" onClick={() => setAt(at + 1)}>
              {words.say(at + 1 < quiz.questions.length ? 'room-quiz-next' : 'room-quiz-to-result')}
            </Button>
          </div>
        </>
      ) : (
        <Question key={at} quiz={quiz} at={at} asked={asked} />
      )}
    </>
  );
}

function Question({ quiz, at, asked }: { quiz: QuizView; at: number; asked: QuizAsked }) {
  const { words } = useHere();
  const act = useAct();
  const [option, setOption] = useState('');
  const send = async () => {
    if (option !== '') await act({ do: 'answer', id: quiz.id, question: at, option: Number(option) });
  };
  return (
    <Form send={send} className="stack form">
      <Choice label={words.say('room-poll-choose-one')} value={option} onChange={setOption} options={asked.options.map((label, one) => ({ value: String(one), label }))} />
      <div className="actions">
        <Button type="submit" look="main" disabled={option === ''}>
          {words.say('room-poll-send')}
        </Button>
      </div>
      <small>{words.say('room-quiz-note')}</small>
    </Form>
  );
}

function Solved({ asked }: { asked: QuizAsked }) {
  const { words } = useHere();
  if (!asked.solved) return null;
  const right = asked.options[asked.solved.right] ?? '';
  const key = !answered(asked) ? 'room-quiz-answer-is' : asked.mine === asked.solved.right ? 'room-quiz-right' : 'room-quiz-other';
  return (
    <div className="solved" role="status">
      <p>
        <b>{words.say(key, { answer: right })}</b>
      </p>
      {asked.solved.why && <p>{asked.solved.why}</p>}
    </div>
  );
}

/** For this person alone: it is no contest. */
function Own({ quiz }: { quiz: QuizView }) {
  const { words } = useHere();
  const right = quiz.questions.filter((asked) => answered(asked) && asked.mine === asked.solved?.right).length;
  return (
    <>
      <p className="eyebrow">{words.say('room-tool-quiz')}</p>
      <h2 className="quote">{words.say('room-quiz-own', { right, of: quiz.questions.length })}</h2>
      <p className="soft">{words.say('room-quiz-own-note')}</p>
    </>
  );
}

function All({ quiz }: { quiz: QuizView }) {
  const { words } = useHere();
  return (
    <>
      <h2>{words.say('room-quiz-all')}</h2>
      <ol className="quiz-all">
        {quiz.questions.map((asked, at) => (
          <li key={at}>
            <h3>{asked.question}</h3>
            <Solved asked={asked} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Lead({ quiz }: { quiz: QuizView }) {
  const { words } = useHere();
  const act = useAct();
  return (
    <div className="actions lead" role="group" aria-label={words.say('room-facilitator')}>
      <Button look="quiet" onClick={() => void act({ do: quiz.open ? 'close' : 'put_away' })}>
        {words.say(quiz.open ? 'room-quiz-close' : 'room-quiz-put-away')}
      </Button>
    </div>
  );
}

/** How many have answered, and afterwards how many knew it; never who. */
function Guide() {
  const { view, words } = useHere();
  const quiz = view.tools.quiz;
  if (!quiz) return null;
  return (
    <section aria-labelledby="guide-quiz">
      <h3 id="guide-quiz">{words.say('room-tool-quiz')}</h3>
      <ol className="told">
        {quiz.questions.map((asked, at) => (
          <li key={at}>
            <span>{asked.question}</span>
            {asked.count && (
              <small>
                {words.say(typeof asked.count.right === 'number' ? 'room-quiz-knew' : quiz.open ? 'room-quiz-count' : 'room-quiz-few', {
                  answered: asked.count.answered,
                  right: asked.count.right ?? 0,
                })}
              </small>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

const NEW: QuizQuestion = { question: '', options: ['', ''], right: 0, why: '' };

function Bring({ done }: { done(): void }) {
  const { view, words } = useHere();
  const act = useAct();
  const [questions, setQuestions] = useState<readonly QuizQuestion[]>([NEW]);
  const change = (at: number, more: Partial<QuizQuestion>) => setQuestions(questions.map((old, one) => (one === at ? { ...old, ...more } : old)));
  const open = async () => {
    // The right one keeps its place among the lines that hold something.
    const all = questions.map((asked) => ({ ...asked, options: filled(asked.options), right: filled(asked.options.slice(0, asked.right)).length }));
    if (await act({ do: 'open', questions: all })) done();
  };
  return (
    <Form send={open} className="stack">
      {questions.map((asked, at) => (
        <Written key={at} at={at} asked={asked} change={(more) => change(at, more)} />
      ))}
      {questions.length < QUESTIONS_MOST && <Button onClick={() => setQuestions([...questions, NEW])}>{words.say('room-quiz-add')}</Button>}
      <Button type="submit" look="main" disabled={view.tools.quiz?.open === true}>
        {words.say('room-quiz-open')}
      </Button>
    </Form>
  );
}

function Written({ at, asked, change }: { at: number; asked: QuizQuestion; change(more: Partial<QuizQuestion>): void }) {
  const { words } = useHere();
  const name = useId();
  return (
    <fieldset className="stack quiz-written">
      <legend>{words.say('room-quiz-number', { number: at + 1 })}</legend>
      <Text single label={words.say('room-poll-question')} maxLength={QUESTION_MOST} required value={asked.question} onChange={(event) => change({ question: event.target.value })} />
      <p className="soft">{words.say('room-quiz-mark')}</p>
      <OptionList options={asked.options} onChange={(options) => change({ options: [...options] })} right={{ name, at: asked.right, choose: (right) => change({ right }) }} />
      <Text label={words.say('room-quiz-why')} maxLength={WHY_MOST} value={asked.why} onChange={(event) => change({ why: event.target.value })} />
    </fieldset>
  );
}

export const quiz: Tool = {
  name: 'quiz',
  holds: ({ tools: { quiz: state, go_round, check_in, closing } }) => Boolean(state && (state.open || !(go_round || check_in?.open || closing?.open))),
  Hearth,
  bring: { key: 'room-tool-quiz', Form: Bring },
  Guide,
};
