import { useEffect, useReducer, useState } from 'react';
import { Keeper } from './keeper.ts';

/** A keeper for as long as the page is shown; when it is left, what is not kept yet goes at once. */
export function useKept(saved: string, send: (text: string) => Promise<boolean>): Keeper {
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const [keeper] = useState(() => new Keeper(saved, send, changed));
  keeper.send = send;
  useEffect(() => {
    const leave = () => void keeper.flush();
    document.addEventListener('visibilitychange', leave);
    addEventListener('pagehide', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [keeper]);
  return keeper;
}
