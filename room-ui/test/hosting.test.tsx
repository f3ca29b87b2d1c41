import { describe, expect, it } from 'vitest';
import { STATES } from '../gallery/states.ts';
import { newsBetween } from '../src/state/news.ts';
import { shown } from './shown.tsx';

describe('a check-in without staff', () => {
  it('begins by itself with two, and says kindly that nobody came', () => {
    expect(shown('host-before')).toMatch(/You host It begins when two of you are here.*I would rather not host/);
    expect(shown('host-before')).not.toContain('Begin the session');
    expect(shown('host-alone')).toMatch(/Nobody else is here yet.*It says nothing about you.*Leave for today/);
  });
  it('has its script for the host alone, step by step', () => {
    expect(shown('host-welcome')).toMatch(/Step 1 of 5 · about 2 min Welcome.*Welcome\. It is good that you came\. We have about 30 minutes.*Go on: What holds here/);
    expect(shown('host-welcome')).not.toContain('Give everybody a turn');
    expect(shown('host-round')).toMatch(/Let us go round once.*Give everybody a turn Go on: One thing to take along One step back/);
    expect(shown('host-closing')).toMatch(/Thank you for being here.*End for everybody/);
    expect(shown('host-closing')).not.toContain('Go on');
    const other = shown('host-other');
    expect(other).toMatch(/hosts What holds here What is said here stays here/);
    for (const hosts of ['read this aloud', 'Go on', 'End for everybody', 'Mute everybody']) expect(other).not.toContain(hosts);
  });
  it('offers the hosting to everybody where nobody hosts', () => {
    expect(shown('host-nobody')).toMatch(/Nobody hosts yet.*I host/);
    expect(shown('host-other')).not.toContain('I host');
  });
  it('asks what to say in the strip above the circle, with help and staff in one tap each', () => {
    expect(shown('host-other', 'strip')).toMatch(/hosts · What holds here I need help Bring staff in/);
    expect(shown('host-talks', 'strip')).toMatch(/You host · A round Go on: One thing to take along I need help/);
    expect(shown('host-talks')).toMatch(/Theo has the floor.*One more minute|Theo has the floor.*Close/);
    expect(shown('host-called', 'strip')).toContain('Staff have been called. Somebody is on call.');
    expect(shown('host-called', 'strip')).not.toContain('Bring staff in');
    expect(shown('host-call-again', 'strip')).toMatch(/Bring staff in.*Staff have been called/);
    expect(shown('host-staff', 'strip')).toMatch(/Of the staff, .* is here/);
    expect(shown('host-staff', 'strip')).not.toContain('I need help');
    expect(shown('member-2', 'strip')).toBe('');
  });
  it('measures nobody, and offers no note to those who are not there', () => {
    expect(shown('host-staff', 'guide')).not.toContain('Voices');
    expect(shown('host-other', 'chat')).not.toContain('Facilitators');
    expect(shown('host-staff', 'chat')).toContain('Facilitators only');
  });
});

describe('what a screen reader hears of it', () => {
  const view = (name: string) => STATES[name]!().room.view!;
  it('says who hosts and that staff were called, once', () => {
    const keys = (before: string, after: string) => newsBetween(view(before), view(after)).map((news) => news.key);
    expect(keys('host-nobody', 'host-welcome')).toContain('room-host-you');
    expect(keys('host-nobody', 'host-other')).toContain('room-host-name');
    expect(keys('host-other', 'host-called')).toContain('room-staff-called');
    expect(keys('host-called', 'host-called')).toEqual([]);
  });
});
