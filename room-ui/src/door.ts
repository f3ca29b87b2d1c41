import { Check } from './door/check.ts';
import { addStyle } from './door/dom.ts';
import { wait } from './door/waiting.ts';
import { wordsFromPage } from './words.ts';
import style from './door/style.css?inline';

const words = wordsFromPage();
const check = document.getElementById('device-check');
const waiting = document.getElementById('waiting');

// Without the words the server's own text stays, which says the same with less.
if (words.has('door-check-title')) {
  addStyle(style);
  if (check) new Check(words).fill(check);
  if (waiting) wait(waiting, words);
}
