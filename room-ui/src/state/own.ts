/** One of our own devices: what we want, what the server says, and whether an answer is still on its way. */
export interface Own {
  wanted: boolean;
  /** What the last view said; null before the first. */
  granted: boolean | null;
  pending: number;
  /** A facilitator switched it off; stays until we switch it on again ourselves. */
  hushed: boolean;
}

export const OFF: Own = { wanted: false, granted: null, pending: 0, hushed: false };

/** The person pressed the button, or the door page said so. */
export function want(own: Own, on: boolean): Own {
  return { ...own, wanted: on, hushed: false };
}

export function asked(own: Own): Own {
  return { ...own, pending: own.pending + 1 };
}

/** The server took or refused the command `on`; its view may follow later. A refused one is not asked again by itself. */
export function answered(own: Own, on: boolean, accepted: boolean): Own {
  const pending = Math.max(0, own.pending - 1);
  if (accepted) return { ...own, pending, granted: pending === 0 ? on : own.granted };
  return { ...own, pending, wanted: own.granted ?? false };
}

/** The socket is gone and with it every answer that was on its way. */
export function forgetAnswers(own: Own): Own {
  return { ...own, pending: 0 };
}

/** A view came in. Going from on to off without our asking means that a facilitator muted us, also while we were away; or that we rest by our own wish. */
export function told(own: Own, granted: boolean, rests = false): Own {
  const off = own.granted === true && !granted && own.wanted && own.pending === 0;
  return { ...own, granted, wanted: off ? false : own.wanted, hushed: (off && !rests) || (own.hushed && !granted) };
}

/** What to ask of the server now, if anything. */
export function toAsk(own: Own): boolean | null {
  return own.granted !== null && own.pending === 0 && own.wanted !== own.granted ? own.wanted : null;
}

/** Whether sound or picture may leave this device: both sides must agree, and the socket must be there. */
export function maySend(own: Own, live: boolean): boolean {
  return live && own.wanted && own.granted === true;
}
