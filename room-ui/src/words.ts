type Values = Record<string, string | number>;

export interface Words {
  lang: string;
  say(key: string, values?: Values): string;
  has(key: string): boolean;
}

/** Single-line messages with `{$name}` places; the server has chosen the language. */
export function wordsFrom(messages: Record<string, string>, lang: string): Words {
  return {
    lang,
    has: (key) => key in messages,
    say(key, values = {}) {
      const text = messages[key] ?? key;
      return text.replace(/\{\s*\$([\w-]+)\s*\}/g, (place, name: string) => String(values[name] ?? place));
    },
  };
}

/** Two keys per counted thing; both languages of Hearth have exactly these two forms. */
export function counted(words: Words, one: string, other: string, count: number, values: Values = {}): string {
  return words.say(count === 1 ? one : other, { count, ...values });
}

/** What the server laid into the page as JSON; `fallback` if it is not there. */
export function fromPage<T>(id: string, fallback: T): T {
  const text = document.getElementById(id)?.textContent;
  if (!text) return fallback;
  try {
    return JSON.parse(text) as T;
  } catch {
    return fallback;
  }
}

export function wordsFromPage(): Words {
  return wordsFrom(fromPage('words', {}), document.documentElement.lang || 'en');
}

/** A number that a telephone link understands. */
export function tel(number: string): string {
  return `tel:${number.replace(/[^\d+]/g, '')}`;
}
