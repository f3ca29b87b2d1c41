import { listDevices, loadChoice, openTrack, saveChoice, troubleOf, type Kind, type Trouble } from '../media/devices.ts';
import type { Words } from '../words.ts';
import { batteryLine } from './battery.ts';
import { connectionCard } from './connection_card.ts';
import { el, setText } from './dom.ts';
import { micMeter, type Meter } from './mic_meter.ts';
import { speakerCard } from './speaker_card.ts';

const TROUBLE: Record<Kind, Record<Exclude<Trouble, 'silent'>, string>> = {
  mic: { denied: 'door-mic-denied', missing: 'door-mic-missing', busy: 'door-mic-busy' },
  camera: { denied: 'door-camera-denied', missing: 'door-camera-missing', busy: 'door-camera-busy' },
};

/** The device check. Every part is optional: whoever grants nothing can still go on with the form below. */
export class Check {
  private readonly words: Words;
  private readonly tracks: Partial<Record<Kind, MediaStreamTrack>> = {};
  private readonly video = el('video', { autoplay: true, playsinline: true, muted: true, 'aria-hidden': 'true' });
  private readonly noPicture = el('p', { class: 'dc-none' });
  private readonly says: Record<Kind, HTMLElement> = { mic: el('p', { role: 'status' }), camera: el('p', { role: 'status' }) };
  private readonly selects: Record<Kind, HTMLSelectElement>;
  private readonly enter: Record<Kind, HTMLInputElement>;
  private readonly meter: Meter;
  private readonly start: HTMLButtonElement;
  /** Chosen off on an earlier visit of this tab: then it stays dark until it is switched on. */
  private readonly cameraDeclined = loadChoice().camera !== undefined && !loadChoice().cameraOn;

  constructor(words: Words) {
    this.words = words;
    const say = (key: string) => words.say(key);
    // React is not here to set this property, and the attribute alone does not mute a video made by script.
    this.video.muted = true;
    this.selects = { mic: this.select('mic'), camera: this.select('camera') };
    this.enter = { mic: this.toggle('mic'), camera: this.toggle('camera') };
    this.meter = micMeter(words);
    this.start = el('button', { type: 'button', class: 'dc-button dc-main', onclick: () => void this.open('camera').then(() => this.open('mic')) }, say('door-start'));
    setText(this.noPicture, say('door-no-picture'));
  }

  fill(section: HTMLElement): void {
    const { words } = this;
    const probe = section.dataset['probe'] ?? '';
    section.replaceChildren(
      el('h2', {}, words.say('door-check-title')),
      el('p', { class: 'dc-soft' }, words.say('door-check-note')),
      this.start,
      el(
        'div',
        { class: 'dc-grid' },
        el('div', { class: 'dc-card dc-camera' }, el('div', { class: 'dc-preview' }, this.noPicture, this.video), this.field('camera', 'door-camera'), this.says.camera),
        el('div', { class: 'dc-card' }, this.field('mic', 'door-mic'), this.meter.element, this.says.mic),
        speakerCard(words),
        probe ? connectionCard(words, probe) : null,
      ),
      batteryLine(words),
      el(
        'fieldset',
        { class: 'dc-enter' },
        el('legend', {}, words.say('door-enter')),
        el('label', {}, this.enter.mic, el('span', {}, words.say('door-enter-mic'))),
        el('label', {}, this.enter.camera, el('span', {}, words.say('door-enter-camera'))),
        el('p', { class: 'dc-soft' }, words.say('door-enter-note')),
      ),
    );
    section.classList.add('dc');
    void this.startIfAllowed();
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.list());
    addEventListener('pagehide', () => this.stopAll());
  }

  /** Whoever has allowed both before is not asked again; everybody else decides with the button when to be asked. */
  private async startIfAllowed(): Promise<void> {
    for (const [kind, name] of [['camera', 'camera'], ['mic', 'microphone']] as const) {
      const state = await navigator.permissions?.query({ name: name as PermissionName }).catch(() => null);
      const off = kind === 'camera' && this.cameraDeclined;
      if (state?.state === 'granted' && !off) await this.open(kind);
    }
  }

  private select(kind: Kind): HTMLSelectElement {
    const select = el('select', { id: `dc-${kind}`, disabled: true, onchange: () => void this.change(kind, select.value) });
    return select;
  }

  private field(kind: Kind, key: string): HTMLElement {
    return el('div', { class: 'dc-field' }, el('label', { for: `dc-${kind}` }, this.words.say(key)), this.selects[kind]);
  }

  private toggle(kind: Kind): HTMLInputElement {
    const choice = loadChoice();
    const input = el('input', { type: 'checkbox', role: 'switch', checked: kind === 'mic' ? choice.micOn : choice.cameraOn });
    input.addEventListener('change', () => {
      saveChoice(kind === 'mic' ? { micOn: input.checked } : { cameraOn: input.checked });
      if (input.checked && !this.tracks[kind]) void this.open(kind);
      // The camera light goes out when the camera is off; the microphone stays open for the level.
      if (!input.checked && kind === 'camera') this.close('camera');
    });
    return input;
  }

  private async change(kind: Kind, id: string): Promise<void> {
    saveChoice({ [kind]: id });
    this.close(kind);
    await this.open(kind);
  }

  private async open(kind: Kind): Promise<void> {
    try {
      const track = await openTrack(kind, loadChoice()[kind]);
      this.tracks[kind] = track;
      saveChoice({ [kind]: track.getSettings().deviceId ?? '' });
      setText(this.says[kind], '');
      if (kind === 'mic') this.meter.listen(track);
      else this.show(track);
      track.onended = () => this.failed(kind, 'missing');
    } catch (error) {
      const trouble = troubleOf(error);
      this.failed(kind, trouble === 'silent' ? 'missing' : trouble);
    }
    await this.list();
    this.start.hidden = Boolean(this.tracks.mic && this.tracks.camera);
    this.start.textContent = this.words.say('door-try-again');
  }

  private show(track: MediaStreamTrack): void {
    this.video.srcObject = new MediaStream([track]);
    this.video.hidden = false;
    this.noPicture.hidden = true;
    // Whoever opens the camera here means to be seen; being heard is chosen by hand, so that nobody comes in with an open microphone by surprise.
    if (this.enter.camera.checked) return;
    this.enter.camera.checked = true;
    saveChoice({ cameraOn: true });
  }

  private failed(kind: Kind, trouble: Exclude<Trouble, 'silent'>): void {
    this.close(kind);
    setText(this.says[kind], this.words.say(TROUBLE[kind][trouble]));
    this.enter[kind].checked = false;
    saveChoice(kind === 'mic' ? { micOn: false } : { cameraOn: false });
  }

  private close(kind: Kind): void {
    const track = this.tracks[kind];
    if (track) track.onended = null;
    track?.stop();
    delete this.tracks[kind];
    if (kind === 'mic') return this.meter.rest();
    this.video.srcObject = null;
    this.video.hidden = true;
    this.noPicture.hidden = false;
  }

  private stopAll(): void {
    for (const kind of ['mic', 'camera'] as const) this.close(kind);
  }

  private async list(): Promise<void> {
    const devices = await listDevices();
    for (const kind of ['mic', 'camera'] as const) {
      const own = devices.filter((device) => device.kind === kind);
      const used = this.tracks[kind]?.getSettings().deviceId ?? loadChoice()[kind];
      const options = own.map((device, index) => {
        const label = device.label || this.words.say('door-device-number', { number: index + 1 });
        return el('option', { value: device.id, selected: device.id === used }, label);
      });
      this.selects[kind].replaceChildren(...(options.length > 0 ? options : [el('option', {}, this.words.say('door-device-none'))]));
      this.selects[kind].disabled = options.length === 0;
    }
  }
}
