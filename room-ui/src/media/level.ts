export interface Ear {
  /** Loudest sample since the last call, 0 to 1. */
  peak(): number;
  /** False until the browser lets the page listen, which may need a first touch: until then silence says nothing. */
  awake(): boolean;
  stop(): void;
}

let shared: AudioContext | null = null;

/** One context per page; it starts suspended until the person has touched the page. */
export function sounds(): AudioContext {
  if (!shared) {
    const context = new AudioContext();
    shared = context;
    const wake = () => void context.resume().catch(() => undefined);
    addEventListener('pointerdown', wake);
    addEventListener('keydown', wake);
  }
  return shared;
}

/** Listens to a track without playing it. */
export function listenTo(track: MediaStreamTrack): Ear {
  const context = sounds();
  void context.resume().catch(() => undefined);
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    peak() {
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    },
    awake: () => context.state === 'running',
    stop() {
      source.disconnect();
      analyser.disconnect();
    },
  };
}

/** A gentle chord, drawn in the air: nothing to load, nothing that startles. */
export function chord(out: AudioNode, notes: readonly number[], loud: number, length: number): void {
  const context = out.context;
  const now = context.currentTime;
  notes.forEach((pitch, index) => {
    const tone = context.createOscillator();
    const gain = context.createGain();
    const start = now + index * 0.14;
    tone.type = 'sine';
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loud, start + 0.08);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
    tone.connect(gain).connect(out);
    tone.start(start);
    tone.stop(start + length);
  });
}

/** Two soft notes for an arrival; three for something that cannot wait. Silent while the page may not make sound. */
export function chime(kind: 'arrival' | 'alert'): void {
  const context = sounds();
  if (context.state !== 'running') return;
  if (kind === 'arrival') chord(context.destination, [523.25, 659.25], 0.05, 1.1);
  else chord(context.destination, [440, 554.37, 440], 0.08, 0.9);
}
