import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFtl } from '../gallery/ftl.ts';
import { counted, tel, wordsFrom } from '../src/words.ts';

const root = join(import.meta.dirname, '..');
const ftl = (lang: string) => readFileSync(join(root, `../content/locales/${lang}/room.ftl`), 'utf8');
const en = parseFtl(ftl('en'));
const es = parseFtl(ftl('es'));
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }));
const used = new Set(sources.flatMap(({ text }) => [...text.matchAll(/'((?:room|door)-[a-z0-9-]+)'/g)].map((found) => found[1] ?? '')));

describe('the words', () => {
  it('are all there in both languages, and none is left over', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
    expect([...used].filter((key) => !(key in en))).toEqual([]);
    expect(Object.keys(en).filter((key) => !used.has(key))).toEqual([]);
  });

  it('have the same places in both languages', () => {
    const places = (text = '') => [...text.matchAll(/\{\$[\w-]+\}/g)].map(String).sort();
    for (const key of Object.keys(en)) expect([key, ...places(es[key])]).toEqual([key, ...places(en[key])]);
  });

  it('are single lines without anything that needs a Fluent engine', () => {
    for (const text of [ftl('en'), ftl('es')]) {
      for (const line of text.split('\n')) expect(line).toMatch(/^$|^#|^(room|door)-[a-z0-9-]+ = \S.*$/);
      expect(text.replace(/\{\$\w+\}/g, '')).not.toMatch(/[{}]/);
    }
  });

  it('do not shout, scold or use words of the trade', () => {
    for (const text of [...Object.values(en), ...Object.values(es)]) expect(text).not.toMatch(/[!¡]|error|failed|invalid|WebRTC|socket|encrypt|cifrad/i);
  });

  it('fill in places, count, and make telephone links', () => {
    const words = wordsFrom({ one: '{$count} seat', other: '{ $count } seats', hello: 'Hello {$name}, {$other}' }, 'en');
    expect(words.say('hello', { name: '{$other}' })).toBe('Hello {$other}, {$other}');
    expect([counted(words, 'one', 'other', 1), counted(words, 'one', 'other', 0)]).toEqual(['1 seat', '0 seats']);
    expect(words.say('unknown')).toBe('unknown');
    expect(tel('+1 (518) 555-0142')).toBe('tel:+15185550142');
  });
});

describe('the house', () => {
  it('keeps files short and styles out of the markup', () => {
    for (const { file, text } of sources) {
      // What is written by the machine is as long as the machine has types.
      expect([file, file !== 'wire/generated.ts' && text.split('\n').length > 300]).toEqual([file, false]);
      expect([file, /localStorage|innerHTML|document\.title|https?:\/\//.test(text)]).toEqual([file, false]);
    }
  });
});
