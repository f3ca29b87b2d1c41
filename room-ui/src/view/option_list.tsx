import { useRef, type KeyboardEvent } from 'react';
import { useHere } from './here.tsx';

const MOST = 8;
const OPTION_MOST = 80;

interface OptionListProps {
  options: readonly string[];
  onChange(options: readonly string[]): void;
  /** Which one is right, where one is. */
  right?: { name: string; at: number; choose(at: number): void };
}

/** Two to eight short lines. Enter goes to the next one, and makes it if there is none. */
export function OptionList({ options, onChange, right }: OptionListProps) {
  const { words } = useHere();
  const list = useRef<HTMLOListElement>(null);
  const focus = (at: number) => requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('input[type="text"]')[at]?.focus());
  const next = (event: KeyboardEvent, at: number) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (at === options.length - 1) {
      if (options.length >= MOST || !options[at]?.trim()) return;
      onChange([...options, '']);
    }
    focus(at + 1);
  };
  return (
    <ol className="option-list" ref={list}>
      {options.map((option, at) => (
        <li key={at} className="field">
          {right && (
            <input
              type="radio"
              name={right.name}
              checked={right.at === at}
              onChange={() => right.choose(at)}
              aria-label={words.say('room-quiz-right-is', { number: at + 1 })}
            />
          )}
          <input
            type="text"
            autoComplete="off"
            maxLength={OPTION_MOST}
            required={at < 2}
            aria-label={words.say('room-poll-option', { number: at + 1 })}
            placeholder={words.say('room-poll-option', { number: at + 1 })}
            value={option}
            onChange={(event) => onChange(options.map((old, one) => (one === at ? event.target.value : old)))}
            onKeyDown={(event) => next(event, at)}
          />
        </li>
      ))}
      {options.length < MOST && (
        <li>
          <button
            type="button"
            className="link"
            onClick={() => {
              onChange([...options, '']);
              focus(options.length);
            }}
          >
            {words.say('room-poll-add-option')}
          </button>
        </li>
      )}
    </ol>
  );
}

/** The lines that hold something. */
export function filled(options: readonly string[]): string[] {
  return options.map((option) => option.trim()).filter(Boolean);
}
