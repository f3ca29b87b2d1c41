import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FakeSession } from '../gallery/fake_session.ts';
import { NOW, OWN } from '../gallery/samples.ts';
import { STATES } from '../gallery/states.ts';
import { NO_WORDS } from '../src/view/notices.tsx';
import { filled } from '../src/view/option_list.tsx';
import { TOOLS } from '../src/tools/registry.ts';
import { HereContext } from '../src/view/here.tsx';
import { shown, words } from './shown.tsx';

/** The form with which a leader brings a tool. */
function brought(name: string): string {
  const { room } = STATES['lead-suggestion']!();
  const Form = TOOLS.find((tool) => tool.name === name)!.bring!.Form;
  const here = { session: new FakeSession(room, OWN, NOW), words, view: room.view!, room, own: OWN, crisis: [], practice: {}, ask: () => Promise.resolve(true), tell: () => undefined };
  return renderToStaticMarkup(<HereContext value={here}><Form done={() => undefined} /></HereContext>);
}

describe('polls', () => {
  it('say before one answers who will see it', () => {
    expect(shown('member-poll')).toMatch(/An anonymous poll · 3 of 9 have answered What helped you most.*Choose one Sleeping enough.*Send my answer.*No answer is kept beside a name/);
    expect(shown('member-poll-scale')).toMatch(/A poll with names.*everybody sees who answered what/);
    expect(shown('member-poll')).not.toContain('Close the poll');
  });
  it('let one think again until they close', () => {
    expect(shown('member-poll-answered')).toMatch(/You can change your answer until the poll closes.*Change my answer/);
    expect(shown('member-poll-result')).not.toContain('Change my answer');
  });
  it('ask again when the room was interrupted, and say why', () => {
    expect(shown('member-poll-several')).toMatch(/Anonymous answers are never written down, so yours is gone. Please answer once more.*Choose as many as fit/);
  });
  it('can be put in order with buttons that say what they move', () => {
    expect(shown('member-poll-order')).toMatch(/The most important first Sleeping enough ↑ ↓/);
    expect(shown('member-poll-words')).toContain('One word or two');
  });
  it('show numbers as numbers, and names only where they were asked with names', () => {
    expect(shown('member-poll-result')).toMatch(/Sleeping enough 2 Talking to somebody I trust 5 Going for a walk, even a short one 1/);
    expect(shown('member-poll-result')).not.toContain('Jonas');
    expect(shown('member-poll-live')).toMatch(/Sleeping enough 1 Jonas Talking to somebody I trust 2 Maya, Lucía/);
    expect(shown('member-poll-scale-result')).toContain('8: chosen 3 times');
    expect(shown('member-poll-order-result')).toMatch(/Talking to somebody I trust place 1\.4 on average Going for a walk/);
    expect(shown('member-poll-cloud')).toMatch(/steady 3 a bit lighter/);
    expect(shown('member-poll-few')).toContain('Fewer than four have answered, so nothing is shown');
  });
  it('are closed and put away by leaders', () => {
    expect(shown('lead-poll')).toContain('Close the poll');
    expect(shown('member-poll-result')).not.toContain('Put the result away');
  });
  it('are made in one small form, anonymous unless somebody chooses otherwise', () => {
    const form = brought('poll');
    expect(form).toMatch(/<input type="radio"[^>]*checked=""[^>]*\/><span>Anonymous/);
    expect(form.match(/placeholder="Answer \d"/g)).toHaveLength(2);
    expect(form).not.toContain('As answers come');
    expect(filled([' a ', '', 'b', '  '])).toEqual(['a', 'b']);
  });
  it('say no in words', () => {
    expect(words.say(NO_WORDS.voting_over)).toBe('This has closed, so nothing more is counted. Nothing has changed.');
    expect(words.say(NO_WORDS.two_words)).toContain('One word or two');
  });
});

describe('quizzes', () => {
  it('ask one question at a time and explain after the answer', () => {
    const text = shown('member-quiz');
    expect(text).toMatch(/Quiz · question 1 of 2 What happens to an urge.*It rises, peaks and passes.*Only you see how you did/);
    expect(text).not.toContain('Riding it out');
    expect(shown('member-quiz-closed')).toMatch(/It is this one: It rises, peaks and passes Most urges peak.*The answer: It rises/);
  });
  it('tell each how they did, and leaders only how many knew it', () => {
    expect(shown('member-quiz-own')).toMatch(/You knew 1 of 2 Only you see this/);
    expect(shown('member-quiz-closed')).not.toContain('members');
    expect(shown('lead-quiz', 'guide')).toMatch(/5 of 7 members knew it.*3 members answered; with fewer than four, how many knew it stays private/);
    expect(shown('lead-quiz')).toContain('Put the quiz away');
  });
  it('are written with the right answer marked', () => expect(brought('quiz')).toMatch(/Mark the right answer.*aria-label="Answer 1 is right".*Why it is right/));
});

describe('listening and feedback', () => {
  it('tell each what this moment is for', () => {
    expect(shown('member-listening')).toMatch(/Listening round · Theo has the floor.*The next person says back what they heard/);
    expect(shown('member-says-back')).toMatch(/it is your turn.*in your own words what you heard.*Somebody else, please/);
    expect(shown('member-heard')).toMatch(/Priya says back what they heard.*Is that what you meant\?.*Yes, that is it Not quite/);
    expect(shown('lead-listening')).toMatch(/Just listen for a moment.*Move on/);
  });
  it('ask once more at most', () => {
    const text = shown('member-heard-again');
    expect(text).toContain('Thank you, let us go on');
    expect(text).not.toContain('Not quite');
    expect(text).not.toContain('I am done');
  });
  it('leave whoever asked for feedback the end of it', () => {
    expect(shown('member-feedback')).toMatch(/Feedback for you · Theo has the floor.*Take what helps and leave the rest.*Thank you, that is enough/);
    const giving = shown('member-feedback-giving');
    expect(giving).toMatch(/Feedback for Lucía · it is your turn.*You can always pass.*I am done Pass/);
    expect(giving).not.toContain('that is enough');
  });
  it('are chosen with the go-round', () => expect(brought('go_round')).toMatch(/What kind of round.*Listening round.*Feedback for one person/));
});
