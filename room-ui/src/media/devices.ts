/** What the door page wrote down: which devices, and how to go in. Lives as long as the tab. */
export interface Choice {
  mic?: string;
  camera?: string;
  speaker?: string;
  micOn: boolean;
  cameraOn: boolean;
}

export type Trouble = 'denied' | 'missing' | 'busy' | 'silent';
export type Kind = 'mic' | 'camera';

const KEY = 'hearth-devices';

export function loadChoice(): Choice {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Choice>;
    // Nobody is heard or seen because a setting got lost.
    return { ...kept, micOn: kept.micOn === true, cameraOn: kept.cameraOn === true };
  } catch {
    return { micOn: false, cameraOn: false };
  }
}

export function saveChoice(change: Partial<Choice>): Choice {
  const choice = { ...loadChoice(), ...change };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Without storage the choice holds for this page only.
  }
  return choice;
}

// Three simulcast layers need at least 960x540: Chromium drops a layer below that.
const PICTURE = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24, max: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing';
}

/** One track of this kind. A remembered device that is no longer plugged in is replaced by whatever there is. */
export async function openTrack(kind: Kind, deviceId?: string): Promise<MediaStreamTrack> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!media) throw new DOMException('no media devices on this page', 'NotFoundError');
  const wish = kind === 'mic' ? SOUND : PICTURE;
  const ask = (more: MediaTrackConstraints) => {
    const constraints = { ...wish, ...more };
    return media.getUserMedia(kind === 'mic' ? { audio: constraints } : { video: constraints });
  };
  let stream: MediaStream;
  try {
    stream = await ask(deviceId ? { deviceId: { exact: deviceId } } : {});
  } catch (error) {
    if (!deviceId || troubleOf(error) !== 'missing') throw error;
    stream = await ask({});
  }
  const track = stream.getTracks()[0];
  if (!track) throw new DOMException('no track', 'NotFoundError');
  return track;
}

export interface Device {
  id: string;
  kind: Kind | 'speaker';
  label: string;
}

const KINDS: Record<MediaDeviceKind, Device['kind']> = { audioinput: 'mic', videoinput: 'camera', audiooutput: 'speaker' };

export async function listDevices(): Promise<Device[]> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  const found = (await media?.enumerateDevices().catch(() => [])) ?? [];
  return found.filter((device) => device.deviceId !== '').map(({ deviceId, kind, label }) => ({ id: deviceId, kind: KINDS[kind], label }));
}
