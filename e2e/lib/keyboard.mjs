// A person without a mouse and without eyes for the screen: goes by Tab, Space, Enter, arrows and letters, and hears what a screen reader would say.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Person } from './person.mjs';
import { pause } from './wait.mjs';

const OUT = fileURLToPath(new URL('../out', import.meta.url));
/** No page of the house has more places to stop at; more means that Tab goes in a circle. */
const MOST_STOPS = 300;
const STOPS = ['button', 'link', 'textbox', 'combobox', 'checkbox', 'radio', 'switch', 'slider', 'spinbutton', 'tab'];

/** Of radio buttons Tab stops at the one that is chosen, else at the nearest. */
const ENTERED = (one) => {
  const group = [...document.getElementsByName(one.name)];
  return group.find((other) => other.checked) ?? group.find((other) => other === document.activeElement) ?? one;
};

export class KeyboardPerson extends Person {
  /** Every place where this person stopped and every line that was read out, in order. */
  heard = [];

  async openPage() {
    const page = await super.openPage();
    await page.exposeFunction('__aloud', (line) => this.heard.push(`« ${line}`));
    await page.addInitScript(() => {
      const live = '[role=status], [role=alert], [role=log], [aria-live]';
      const said = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
      new MutationObserver((changes) => {
        for (const node of changes.flatMap((change) => (change.type === 'characterData' ? [change.target] : [...change.addedNodes]))) {
          const [line, region] = [node.textContent?.trim(), said(node)?.closest?.(live)];
          if (line && region) window.__aloud(line);
        }
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    return page;
  }

  async press(name, within) {
    await this.reach(this.button(name, within));
    await this.page.keyboard.press('Enter');
  }

  async fill(label, text, options) {
    await this.reach(this.field(label, options));
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** In a group of radio buttons Tab stops once; the arrows go on. */
  async check(name, { role = 'radio', ...options } = {}) {
    const box = this.box(name, { role, ...options });
    if (role !== 'radio') {
      await this.reach(box);
      return (await box.isChecked()) || this.page.keyboard.press('Space');
    }
    await this.reach(box, { stop: ENTERED });
    if (await box.evaluate((one) => one === document.activeElement)) await this.page.keyboard.press('Space');
    for (let step = 0; step < MOST_STOPS && !(await box.isChecked()); step += 1) await this.page.keyboard.press('ArrowDown');
    assert.ok(await box.isChecked(), `${this.first} cannot choose ${name}`);
  }

  async pick(label, value, options) {
    const select = this.field(label, options);
    await this.reach(select);
    const way = (one, wanted) => Math.sign([...one.options].findIndex((option) => option.value === wanted) - one.selectedIndex);
    for (let step = 0; step < MOST_STOPS; step += 1) {
      const by = await select.evaluate(way, value);
      if (by === 0) break;
      await this.page.keyboard.press(by > 0 ? 'ArrowDown' : 'ArrowUp');
      // What is chosen may first have to be true for everybody.
      await pause(250);
    }
    assert.equal(await select.inputValue(), value, `${this.first} cannot pick ${value}`);
  }

  async tab(name) {
    const tab = this.page.getByRole('tab', { name });
    await this.reach(tab, { stop: (one) => one.parentElement.querySelector('[role=tab][tabindex="0"]') });
    for (let step = 0; step < 5 && !(await tab.evaluate((one) => one === document.activeElement)); step += 1) await this.page.keyboard.press('ArrowRight');
    assert.equal(await tab.getAttribute('aria-selected'), 'true');
  }

  /** Words on the whiteboard, from the list that stands beside the drawing. */
  async writesOnBoard(text) {
    const summary = this.page.locator('.texts summary');
    await this.reach(summary);
    if (!(await this.page.locator('.texts').evaluate((one) => one.open))) await this.page.keyboard.press('Enter');
    await this.fill('Write a note', text);
    await this.page.keyboard.press('Enter');
  }

  /** Goes there by Tab, the shorter way round, and listens to what is read at that place. Of a group that Tab enters at one place `stop` says which. */
  async reach(target, { stop = (one) => one } = {}) {
    await target.waitFor({ state: 'attached' });
    const way = new Function('one', `
      const [goal, now] = [(${stop})(one), document.activeElement ?? document.body];
      if (goal === now) return null;
      return now !== document.body && now.compareDocumentPosition(goal) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';`);
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      const key = await target.evaluate(way);
      if (key === null) return this.listen(target);
      await this.page.keyboard.press(key);
    }
    throw new Error(`${this.first} does not reach ${target} by Tab`);
  }

  async listen(target) {
    this.heard.push((await target.ariaSnapshot()).replace(/^- /, ''));
    assert.deepEqual(await this.nameless(), [], `${this.first} stops where nothing is read`);
  }

  /** Places to stop at for which a screen reader has no words. */
  async nameless() {
    this.debug ??= await this.context.newCDPSession(this.page);
    const { nodes } = await this.debug.send('Accessibility.getFullAXTree');
    const named = (node) => (node.name?.value ?? '').trim() !== '';
    return nodes.filter((node) => !node.ignored && STOPS.includes(node.role?.value) && !named(node)).map((node) => `${node.role.value} ${node.backendDOMNodeId}`);
  }

  /** What this person heard, to be read by whoever works on the room. */
  keepWhatWasHeard(name) {
    mkdirSync(OUT, { recursive: true });
    writeFileSync(`${OUT}/${name}-${this.first}.txt`, this.heard.join('\n'));
  }
}
