// The schema of R4 by itself: it takes what is right, and it is no rubber stamp.
import test from 'node:test';
import assert from 'node:assert/strict';
import { troubles } from '../../lib/fhir.mjs';

const good = () => ({
  resourceType: 'Bundle',
  type: 'collection',
  timestamp: '2026-11-26T00:00:00Z',
  entry: [
    { fullUrl: 'https://hearth.example/fhir/Patient/7', resource: { resourceType: 'Patient', id: '7', name: [{ text: 'Maya' }] } },
    {
      fullUrl: 'https://hearth.example/fhir/Goal/5',
      resource: {
        resourceType: 'Goal',
        id: '5',
        lifecycleStatus: 'active',
        description: { text: 'Lights out' },
        subject: { reference: 'Patient/7' },
        note: [{ time: '2026-11-20', text: 'Rated' }],
        outcomeCode: [{ coding: [{ system: 'urn:hearth:goal-attainment', code: '-1' }], text: 'once' }],
        target: [{ measure: { text: 'Goal attainment scale' }, detailInteger: 0, dueDate: '2026-12-24' }],
      },
    },
  ],
});

test('a good bundle has nothing wrong with it', () => assert.deepEqual(troubles(good()), []));

for (const [what, spoil] of [
  ['a word that no list has', (bundle) => { bundle.entry[1].resource.lifecycleStatus = 'flying'; }],
  ['a field that R4 does not know', (bundle) => { bundle.entry[1].resource.attainment = []; }],
  ['what has to be there is not', (bundle) => { delete bundle.entry[1].resource.subject; }],
  ['a day that is none', (bundle) => { bundle.entry[1].resource.target[0].dueDate = 'soon'; }],
  ['a number in words', (bundle) => { bundle.entry[1].resource.target[0].detailInteger = 'zero'; }],
  ['a kind that R4 does not have', (bundle) => { bundle.entry[0].resource.resourceType = 'Member'; }],
  ['a bundle that is none', (bundle) => { bundle.pages = 2; }],
]) {
  test(what, () => {
    const bundle = good();
    spoil(bundle);
    assert.notDeepEqual(troubles(bundle), []);
  });
}
