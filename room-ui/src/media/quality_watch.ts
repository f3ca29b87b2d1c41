import { judge, type Quality, type Sample } from '../state/quality.ts';

/** Of a handful of packets a single lost one is no news. */
const ENOUGH = 50;

/** Looks at the counters once a second and says when the line feels different. */
export class QualityWatch {
  private last: Sample | null = null;
  private quality: Quality = 'unknown';
  private readonly changed: (quality: Quality) => void;

  constructor(changed: (quality: Quality) => void) {
    this.changed = changed;
  }

  look(now: Sample | null): void {
    if (!now) {
      this.last = null;
      return this.say('none');
    }
    const fresh = now.received + now.lost - (this.last ? this.last.received + this.last.lost : 0);
    // Alone in the room or among silent people there is little to count, and that is no bad line.
    if (this.last && fresh >= 0 && fresh < ENOUGH && this.quality !== 'none') return;
    // Counters that fell belong to a new connection.
    const judged = judge(fresh < 0 ? null : this.last, now);
    this.last = now;
    this.say(judged === 'unknown' && now.roundTrip !== null ? judge(now, now) : judged);
  }

  private say(quality: Quality): void {
    if (quality === this.quality) return;
    this.quality = quality;
    this.changed(quality);
  }
}
