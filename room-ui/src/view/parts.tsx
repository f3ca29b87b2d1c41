import { useEffect, useId, useRef, type ButtonHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import { Icon, type IconName } from './icons.tsx';
import { useHere } from './here.tsx';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { look?: 'plain' | 'main' | 'quiet' | 'danger'; icon?: IconName };

export function Button({ look = 'plain', icon, className = '', children, type = 'button', ...rest }: ButtonProps) {
  return (
    // The type is a plain value of this component, never left to chance inside a form.
    <button type={type} className={`button ${look} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children && <span>{children}</span>}
    </button>
  );
}

/** A form that is sent by script only. Browsers still check what is required. */
export function Form({ send, className, children }: { send(): Promise<void>; className?: string; children: ReactNode }) {
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
    </form>
  );
}

interface DialogProps {
  title: string;
  onClose(): void;
  children: ReactNode;
  wide?: boolean;
}

/** The browser's own dialog: it keeps the focus inside, closes with Escape, and gives the focus back. */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const { words } = useHere();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    // The heading, not the button that closes: that is what should be read first.
    box.current?.querySelector<HTMLElement>('h2')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={box} className={wide ? 'dialog wide' : 'dialog'} aria-labelledby={heading} onCancel={onClose} onClose={onClose}
      onClick={(event) => event.target === box.current && onClose()}>
      <div className="dialog-in">
        <header>
          <h2 id={heading} tabIndex={-1}>
            {title}
          </h2>
          <Button look="quiet" icon="close" className="square" aria-label={words.say('room-close')} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

interface TextProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  hint?: string;
  /** One line only; Enter then sends the form. */
  single?: boolean;
}

export function Text({ label, hint, single = false, className = '', ...rest }: TextProps) {
  const id = useId();
  const { maxLength, name, required, value, defaultValue, onChange, placeholder } = rest;
  const given = { id, maxLength, name, required, placeholder, 'aria-describedby': hint ? `${id}-hint` : undefined };
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {single ? (
        <input {...given} type="text" autoComplete="off" value={value as string} defaultValue={defaultValue as string}
          onChange={onChange as never} />
      ) : (
        <textarea {...given} {...rest} rows={rest.rows ?? 2} />
      )}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

interface SelectProps {
  label: string;
  hint?: string;
  value: string | number;
  onChange(value: string): void;
  required?: boolean;
  /** The label is for those who hear it; for the others it stands beside already. */
  bare?: boolean;
  children: ReactNode;
}

/** A plain select: it works by keyboard, by touch and by voice, which dragging and lists of our own do not. */
export function Select({ label, hint, value, onChange, required = false, bare = false, children }: SelectProps) {
  const id = useId();
  const both = (
    <>
      <label className={bare ? 'unseen' : undefined} htmlFor={id}>
        {label}
      </label>
      <select id={id} required={required} value={value} aria-describedby={hint ? `${id}-hint` : undefined} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </>
  );
  return bare ? both : <div className="field">{both}</div>;
}

interface ScoreProps {
  label: string;
  /** What the ends mean, where the question does not say it. */
  low?: string;
  high?: string;
  value: number | null;
  onChange(value: number | null): void;
  /** A skipped score is an answer too. */
  skip?: boolean;
}

/** Eleven radio buttons, 0 to 10: arrow keys work by themselves, and a screen reader says where it is. */
export function Score({ label, low, high, value, onChange, skip = false }: ScoreProps) {
  const { words } = useHere();
  const name = useId();
  return (
    <fieldset className="score">
      <legend>{label}</legend>
      <div className="score-row">
        {Array.from({ length: 11 }, (_, score) => (
          <label key={score}>
            <input type="radio" name={name} checked={value === score} onChange={() => onChange(score)} />
            <span>{score}</span>
          </label>
        ))}
      </div>
      <div className="score-ends">
        {low && <small>{`0 · ${low}`}</small>}
        {skip && value !== null && (
          <button type="button" className="link" onClick={() => onChange(null)}>
            {words.say('room-score-skip')}
          </button>
        )}
        {high && <small>{`10 · ${high}`}</small>}
      </div>
    </fieldset>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; hint?: string }[];
  onChange(value: T): void;
  /** Beside each other, as one switch. */
  inline?: boolean;
}

export function Choice<T extends string>({ label, value, options, onChange, inline = false }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={inline ? 'choice inline' : 'choice'}>
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>
              {option.label}
              {option.hint && <small>{option.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Switch({ label, hint, on, onChange }: { label: string; hint?: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <label className="switch">
      <input type="checkbox" role="switch" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}
