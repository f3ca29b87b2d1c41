import { fromPage } from '../words.ts';

/** The practice's own TURN relays with this page's credentials; mostly none. Hearth asks no relay or address server of anybody else. */
export function relays(): RTCIceServer[] {
  return fromPage<RTCIceServer[]>('relays', []);
}
