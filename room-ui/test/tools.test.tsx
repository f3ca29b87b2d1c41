import { describe, expect, it } from 'vitest';
import { STATES } from '../gallery/states.ts';
import { around, partOf } from '../src/state/derived.ts';
import { isHeard, loudness, type Floor } from '../src/state/hearing.ts';
import { TOOLS } from '../src/tools/registry.ts';
import { shown } from './shown.tsx';

describe('the hearth', () => {
  it('shows one thing: a pause, a question to oneself, the tables, a poll, a quiz, the journal, a scene, a whiteboard, a screen, a film, a deck, something to read, then closing, go-round, check-in, prompt, the host\'s script, phase', () => {
    expect(TOOLS.map((tool) => tool.name)).toEqual(['calm', 'invite', 'tables', 'poll', 'quiz', 'journal', 'role_play', 'board', 'share', 'video', 'slides', 'reading', 'closing', 'go_round', 'check_in', 'prompt', 'hosting', 'hands', 'chat', 'markers', 'interpreting']);
    expect(shown('member-11')).toContain('Name one moment this week');
    expect(shown('member-prompt')).toContain('What would you say to a friend');
    expect(shown('member-2')).toContain('It is good that you are here.');
    expect(shown('ended')).toContain('The session has ended');
  });

  it('offers the beginning to facilitators only', () => {
    expect(shown('lead-before')).toContain('Begin the session');
    expect(shown('member-before')).not.toContain('Begin the session');
  });

  it('says kindly that no facilitator is here', () => expect(shown('member-no-leader')).toContain('Your facilitator is not here at the moment'));
});

describe('what leaders do without a word to the group', () => {
  it('lets everybody breathe, and everybody stop', () => {
    const text = shown('member-breathing');
    expect(text).toMatch(/A pause for all of us.*Breathe in.*There is nothing to get right.*I have had enough/);
    expect(text).not.toContain('End the pause');
    expect(shown('member-senses')).toMatch(/A moment for you.*Five things you can see.*Next/);
  });
  it('lets somebody rest by themselves and says when their microphone is off and how they come back', () => {
    expect(shown('member-own-moment')).toMatch(/A moment for you.*Rest a moment.*Your microphone is off.*I am back The five senses/);
    expect(shown('member-own-senses')).toMatch(/Five things you can see.*I am back Breathe slowly/);
    expect(shown('member-own-moment')).not.toContain('I have had enough');
    expect(shown('member-2')).toMatch(/I need a moment.*Breathe slowly The five senses A quiet minute/);
    expect(shown('lead-before')).not.toContain('I need a moment');
    const text = shown('lead-moments', 'guide');
    expect(text).toMatch(/A moment of their own .*took a moment 3 min ago/);
    expect(text.match(/End the pause/g)).toHaveLength(1);
  });
  it('marks the table at which two sit who are kept apart, for leaders only', () => {
    expect(shown('lead-tables', 'guide')).toMatch(/Table 3.*Two who are kept apart sit here/);
    expect(shown('member-table')).not.toContain('kept apart');
  });
  it('asks with two answers that weigh the same', () => expect(shown('member-invited')).toMatch(/Dr\. Osei asks you, quietly Would you like to say something\?.*Only you and the facilitators see this.*Yes, in a moment Not now/));
  it('shows leaders who said what, who has a moment of their own, and what they marked', () => {
    const text = shown('lead-markers', 'guide');
    expect(text).toMatch(/Asked gently Theo would like to speak Seen Noor has not answered yet Take back/);
    expect(text).toMatch(/A moment of their own Priya End the pause/);
    expect(text).toMatch(/1 Universality.*7 Repair.*In your own words.*Cohesion.*after the apology, three nodded.*Remove/);
  });
  it('answers to number keys for leaders only, and only while the session runs', () => {
    const keys = (name: string) => {
      const { room } = STATES[name]!();
      const asked: unknown[] = [];
      const here = { view: room.view!, ask: (command: unknown) => (asked.push(command), Promise.resolve(true)) };
      const all = TOOLS.find((tool) => tool.name === 'markers')!.keys!(here as never);
      all['2']?.();
      return { count: Object.keys(all).length, asked };
    };
    expect(keys('member-5')).toEqual({ count: 0, asked: [] });
    expect(keys('lead-before')).toEqual({ count: 0, asked: [] });
    expect(keys('lead-11')).toEqual({ count: 7, asked: [{ tool: 'markers', act: { do: 'mark', moment: 'catharsis', note: '' } }] });
  });
});

describe('small tables', () => {
  it('show their task, what was said to all, who comes, the note, and ways out', () => {
    const text = shown('member-table');
    expect(text).toMatch(/Table 1 · all back in 9 minutes Tell each other one thing.*Two more minutes.*Dr\. Osei is coming to your table/);
    expect(text).toMatch(/bring back.*Call a facilitator Back to the circle/);
    expect(text).not.toContain('8:12');
  });
  it('let members choose without saying who chose what', () => {
    const text = shown('member-choosing');
    expect(text).toMatch(/Table 1 · 3 chose it Talk about the week Table 2 · 2 chose it/);
    expect(text).not.toContain('Theo');
  });
  it('bring back what was written, and only leaders put it away', () => {
    expect(shown('member-brought')).toMatch(/What the tables bring back Table 1 Walking with a neighbour.*Table 3 We both sleep better/);
    expect(shown('member-brought')).not.toContain('Put away');
    expect(shown('member-tables-out')).toContain('The others are at small tables');
  });
  it('tell leaders who sits where, who called, and when somebody last looked in', () => {
    expect(shown('lead-tables-laid', 'guide')).toMatch(/Tables that are laid Nobody has moved yet.*Jonas.*Go to the tables Draw again Clear the tables/);
    const guide = shown('lead-tables', 'guide');
    expect(guide).toMatch(/Table 1 Jonas, Maya, Theo visited 2 min ago · has a note Visit Table 2 Priya, Lucía, Sam is calling you Seen Visit Table 3 Noor, Elif Two who are kept apart sit here. You can move one of them. not visited yet/);
    expect(guide).toContain('8:12');
    expect(shown('lead-tables-visit')).toContain('Saying no once');
  });
  it('tell both who are apart', () => {
    expect(shown('member-aside')).toMatch(/Apart from the circle You are with Dr\. Osei.*Back to the circle/);
    expect(shown('lead-aside')).toMatch(/You are with Priya.*Back to the circle together/);
    expect(shown('lead-people', 'guide')).not.toContain('Apart');
  });
  it('stand in the way of nobody who is not there', () => {
    const { room } = STATES['member-table']!();
    expect(around(room.view!).map((chair) => chair.name)).toEqual(['Jonas', 'Maya', 'Theo']);
    expect(around(STATES['member-tables-out']!().room.view!)).toHaveLength(9);
  });
});

describe('writing in quiet', () => {
  it('has a page of one’s own, minutes instead of seconds, and no word of anybody else', () => {
    const text = shown('member-journal');
    expect(text).toMatch(/Writing in quiet · about 4 minutes left A letter to yourself.*Only you can read this.*There is no right way to write/);
    expect(text).not.toMatch(/3:50|Show the lines|What would you like to do with your page/);
    expect(shown('member-journal-written')).toMatch(/the last minute.*Dear me, you do not know yet.*Kept\./);
    expect(shown('observer-journal')).toMatch(/The group is writing in quiet\. $/);
  });
  it('offers four ways when the quiet is over, and nothing is the first', () => {
    expect(shown('member-journal-choosing')).toMatch(/The quiet is over.*Share nothing.*Let my facilitators read it.*One line without my name.*at least three people.*One line with my name/);
    expect(shown('member-journal-chosen')).toMatch(/Your line, without your name: It was not the end of anything\..*until the lines are shown/);
    expect(shown('lead-journal')).not.toContain('Let my facilitators read it');
  });
  it('shows lines without names, and says why when there are too few', () => {
    expect(shown('member-journal-lines')).toMatch(/What was shared.*I am allowed to be slow\. Call her back\. Lucía Thank you/);
    expect(shown('member-journal-few')).toContain('They are not shown, so that nobody can be recognised by them.');
    expect(shown('lead-journal-lines')).toMatch(/Nobody wanted to share a line this time, and that is fine.*Put away/);
  });
  it('lets leaders read what was given to them, in their guide only', () => {
    expect(shown('lead-journal', 'guide')).toMatch(/Pages given to you 1 page, for facilitators only Priya A letter to yourself.*Dear me/);
    expect(shown('lead-journal', 'guide')).toMatch(/The quiet is over 3 of 9 have chosen Show the lines Put away/);
    expect(shown('lead-journal')).not.toContain('Dear me');
  });
});

describe('a scene', () => {
  it('tells players what they want and watchers what to watch for', () => {
    expect(shown('member-scene')).toMatch(/The full sink Two people share.*You are: The one who comes home\. Wants to say.*The one on the sofa Nobody yet I take it.*may say “Pause” at any time/);
    const text = shown('member-scene-watching');
    expect(text).toMatch(/The scene is on.*You watch\. Watch for a sentence.*Stop: “Pause” Two people share/);
    expect(text).not.toMatch(/2:11|Wants to say|How hard/);
  });
  it('pauses kindly and without a name', () => {
    const text = shown('member-scene-paused');
    expect(text).toMatch(/We pause the scene\. Thank you for saying so\. Nothing has to go on/);
    expect(text).not.toMatch(/Sam|Stop:/);
    expect(shown('lead-scene-paused', 'guide')).toMatch(/Sam asked for the pause\. Only facilitators see this/);
  });
  it('asks those who watched, and leaders see how hard it was', () => {
    expect(shown('member-scene-over')).toMatch(/What worked: You said what you felt.*A wish: A shorter beginning.*What I saw that worked One wish.*How is it for you now/);
    expect(shown('member-scene-over')).not.toContain('before 6');
    expect(shown('lead-scene-over', 'guide')).toContain('before 6 · after 3');
    expect(shown('lead-scene-over')).toMatch(/Swap parts and play again Play again Put the scene away/);
  });
  it('begins when every part has somebody, and names stand on the tiles', () => {
    expect(shown('lead-scene')).toMatch(/How long it is played.*Begin the scene.*It can begin when every part has somebody/);
    const view = STATES['member-scene-watching']!().room.view!;
    expect([partOf(view, 3), partOf(view, 4)]).toEqual(['The one who comes home', null]);
    expect(partOf(STATES['member-scene-over']!().room.view!, 3)).toBe(null);
  });
});

describe('check-in', () => {
  it('asks, and always lets one pass', () => {
    expect(shown('member-check-in')).toMatch(/How are you right now\?.*Something on my mind.*Facilitators only.*Pass/);
  });
  it('shows what was shared once one has answered, and no numbers of others', () => {
    const text = shown('member-checked-in');
    expect(text).toMatch(/Thank you for checking in.*hopeful.*Change my check-in/);
    expect(text).not.toContain('mood');
  });
  it('shows facilitators everything, marked where it is for them only', () => {
    expect(shown('lead-check-in', 'guide')).toMatch(/Priya mood 2 flat.*for facilitators only.*Noor passed/);
    expect(shown('lead-check-in')).toContain('You passed, and that is fine');
  });
});

describe('go-round', () => {
  it('has pass and later before and during one’s turn, and done only during it', () => {
    expect(shown('member-round-mine')).toMatch(/it is your turn.*I am done Pass Come back to me/);
    const had = shown('member-round');
    expect(had).toContain('Another turn for me');
    expect(had).not.toContain('I am done');
  });
  it('shows seconds to facilitators only', () => {
    expect(shown('lead-11')).toMatch(/Theo has the floor · 1:10.*One more minute Move on End the go-round/);
    expect(shown('member-round')).not.toContain('1:10');
  });
});

describe('hands, closing and the guide', () => {
  it('puts the quiet ones first in the line of hands', () => expect(shown('lead-11', 'guide')).toMatch(/Hands.*Theo Hand 2 Take Lucía Hand 1 Take/));
  it('has one suggestion, with whether the person wants to be asked', () => {
    expect(shown('lead-suggestion', 'guide')).toContain('Priya has been quiet for 14 minutes. They would be glad to be asked. Not now Ask gently');
  });
  it('closes with takeaways first', () => expect(shown('member-closing')).toMatch(/Takeaways Homework How it was What do we take with us\? Theo The wave/));
  it('lays the suggested homework ready', () => expect(shown('lead-closing', 'guide')).toMatch(/Every member here.*Log three urges.*Give it.*Call your brother once Take back/));
  it('leads through the agenda', () => expect(shown('lead-11', 'guide')).toMatch(/Next: Discuss, 25 min.*Go on to Discuss 5 more minutes One phase back End the session/));
});

describe('what is shown', () => {
  it('names the page, lets members look back, and gives leaders their notes and buttons', () => {
    const member = shown('member-slides');
    expect(member).toMatch(/How a wave of worry passes page 3 of 5.*Page before/);
    expect(member).not.toContain('Put the deck away');
    expect(member).not.toContain('Point at something');
    expect(shown('lead-slides')).toMatch(/Point at something.*Page before.*Next page.*Put the deck away/);
  });
  it('turns pages by arrow for leaders only, and never beyond the deck', () => {
    const pressed = (name: string, key: string) => {
      const { room } = STATES[name]!();
      const asked: unknown[] = [];
      TOOLS.find((tool) => tool.name === 'slides')!.keys!({ view: room.view!, ask: (command: unknown) => (asked.push(command), Promise.resolve(true)) } as never)[key]?.();
      return asked;
    };
    expect(pressed('lead-slides', 'ArrowRight')).toEqual([{ tool: 'slides', act: { do: 'turn', page: 3 } }]);
    expect(pressed('member-slides', 'ArrowRight')).toEqual([]);
    expect(pressed('lead-11', 'ArrowRight')).toEqual([]);
  });
  it('lets leaders alone move a film', () => {
    expect(shown('member-video')).toMatch(/One slow breath.*begins when the facilitator starts it.*No sound for me/);
    expect(shown('member-video')).not.toContain('Play for everybody');
    expect(shown('lead-video')).toMatch(/Paused for everybody.*Where we are.*Play for everybody.*Ten seconds back.*Put the film away/);
  });
  it('says whose screen it is, and to the one who shows it that their face is gone', () => {
    expect(shown('member-screen')).toContain('The screen of Theo');
    expect(shown('member-screen')).not.toContain('Stop showing it');
    expect(shown('lead-screen')).toMatch(/Everybody sees your screen.*Your face is not shown.*Stop showing it/);
  });
  it('lets a leader write to one or two, and says to whom', () => {
    expect(shown('lead-chat-told', 'chat')).toMatch(/only for Theo, Priya and those who lead.*You two go first.*One or two people/);
    expect(shown('member-chat', 'chat')).not.toContain('One or two people');
  });
  it('lists what was laid ready for the phase that runs, for leaders', () => {
    expect(shown('lead-prepared', 'guide')).toMatch(/Laid ready for this phase.*Slides How a wave of worry passes.*Poll What helped you most this week\?.*Pause.*Whiteboard Menu for hard moments.*Quiz What happens to an urge when nobody feeds it\? \(\+1\)/);
    expect(shown('lead-11', 'guide')).not.toContain('Laid ready');
  });
});

describe('languages and captions', () => {
  const tools = (more: object) => ({ tools: { interpreting: { channels: [{ seat: 7, language: 'Español', aloud: false }], listening: null, listeners: null, captions: null, ...more } } }) as never;

  it('turn the group down for whoever listens, and nobody else', () => {
    const levels = (view: never, floor: Floor) => [0, 7].map(loudness(view, floor));
    expect(levels(tools({}), 'off')).toEqual([1, 1]);
    expect(levels(tools({ listening: 7 }), 'quiet')).toEqual([0.2, 1]);
    expect(levels(tools({ listening: 7 }), 'off')).toEqual([0, 1]);
    expect(levels(tools({ listening: 7 }), 'full')).toEqual([1, 1]);
    expect(levels(tools({ listening: 7, channels: [{ seat: 7, language: 'x', aloud: true }] }), 'off')).toEqual([1, 1]);
    expect(levels(tools({ listening: 7, channels: [] }), 'off')).toEqual([1, 1]);
  });

  it('show as speaking only who can be heard', () => {
    expect([isHeard(tools({}), 0), isHeard(tools({}), 7), isHeard(tools({ listening: 7 }), 7)]).toEqual([true, false, true]);
    expect(isHeard(tools({ channels: [{ seat: 7, language: 'x', aloud: true }] }), 7)).toBe(true);
  });

  it('take one line from those who need neither', () => {
    expect(shown('member-languages', 'below')).toMatch(/^ Español interpreted by Marta Listen in Español $/);
    expect(shown('member-11', 'below').trim()).toBe('');
  });

  it('say how loud the group is, and show the last lines to whoever asked for them', () => {
    expect(shown('member-listens', 'below')).toMatch(/Show captions.*Stop listening The group meanwhile Quiet Off As loud/);
    expect(shown('member-listens', 'below', { captions: true })).toMatch(/did not reach for the telephone.*I noticed Hide captions/);
    expect(shown('member-aloud', 'below')).toMatch(/Marta speaks to everybody now Stop listening $/);
  });

  it('give whoever interprets a desk, with a number and no names', () => {
    expect(shown('interpreter-begins', 'below')).toMatch(/The language you speak .*Begin interpreting Type captions/);
    const desk = shown('interpreter-works', 'below');
    expect(desk).toMatch(/I noticed Español 2 people listen Speak to everybody Stop interpreting What is said now.*Stop captions/);
    expect(desk).not.toMatch(/Maya|Theo/);
  });
});
