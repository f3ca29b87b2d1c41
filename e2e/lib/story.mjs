// A story: people come, things happen, everybody goes home. When something goes wrong, a picture of each screen is kept in e2e/out.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Hearth } from './hearth.mjs';
import { Person } from './person.mjs';

/** `tell({ hearth, arrive, step })`; a step prints how long it took. */
export function story(name, tell) {
  const slug = name.toLowerCase().replace(/[^a-z]+/g, '-').slice(0, 40);
  test(name, async (t) => {
    const hearth = await Hearth.open();
    const people = [];
    const arrive = async (name, { as = Person, ...given } = {}) => {
      const person = await as.arrive(hearth, name, given);
      people.push(person);
      return person;
    };
    const step = (what, work) => t.test(what, async () => {
      try {
        await work();
      } catch (error) {
        await Promise.all(people.map((person) => person.shot(slug)));
        error.message += `\n${people.map((person) => `${person.first} at ${person.page.url()} ${person.troubles.join('; ')}`).join('\n')}`;
        error.message += `\nThe end of the server's log:\n${hearth.log.split('\n').slice(-12).join('\n')}`;
        broken = true;
        throw error;
      }
    });
    let broken = false;
    /** After a broken step nothing that follows would tell more. */
    const careful = async (what, work) => {
      if (!broken) await step(what, work);
    };
    try {
      await tell({ hearth, arrive, people, step: careful });
      await careful('no script errors, no reports, no other hosts', () => assert.deepEqual(people.flatMap((person) => person.troubles), []));
    } finally {
      await Promise.all(people.map((person) => person.leave().catch(() => undefined)));
      await hearth.close();
    }
  });
}
