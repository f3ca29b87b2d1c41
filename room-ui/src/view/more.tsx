import { useEffect, useState } from 'react';
import type { Stance } from '../wire/generated.ts';
import type { Device } from '../media/devices.ts';
import { takesTurns } from '../state/derived.ts';
import { TakeMoment } from '../tools/calm/index.tsx';
import { ShareButton } from '../tools/share/index.tsx';
import { useHere } from './here.tsx';
import { Button, Choice, Dialog, Select, Switch } from './parts.tsx';

const STANCES: readonly { value: Stance; label: string; hint: string }[] = [
  { value: 'listening', label: 'room-stance-listening', hint: 'room-stance-listening-hint' },
  { value: 'ask_me', label: 'room-stance-ask-me', hint: 'room-stance-ask-me-hint' },
  { value: 'open', label: 'room-stance-open', hint: 'room-stance-open-hint' },
];

/** How I take part today, my devices, and what I see. */
export function More({ close, keys, help }: { close(): void; keys(): void; help(): void }) {
  const { words, view, own, session, ask } = useHere();
  return (
    <Dialog wide title={words.say('room-more-title')} onClose={close}>
      {takesTurns(view) && (
        <Choice
          label={words.say('room-stance-title')}
          value={view.you.stance}
          onChange={(stance) => void ask({ do: 'set_stance', stance })}
          options={STANCES.map((stance) => ({ value: stance.value, label: words.say(stance.label), hint: words.say(stance.hint) }))}
        />
      )}
      {takesTurns(view) && !view.tools.calm.mine?.own && (
        <section aria-labelledby="more-moment">
          <h3 id="more-moment">{words.say('room-calm-own')}</h3>
          <TakeMoment took={close} />
        </section>
      )}
      <Devices />
      <Switch label={words.say('room-audio-only')} hint={words.say('room-audio-only-hint')} on={own.audioOnly} onChange={(on) => session.setAudioOnly(on)} />
      <Switch label={words.say('room-self-hide')} hint={words.say('room-self-hide-hint')} on={own.selfHidden} onChange={(on) => session.setSelfHidden(on)} />
      <div className="actions">
        {view.you.part === 'member' && (
          <Button icon="help" onClick={help}>
            {words.say(view.you.help_asked ? 'room-help-asked-short' : 'room-help')}
          </Button>
        )}
        {view.you.part === 'member' && Object.values(view.chairs).some((chair) => chair.part === 'observer' && chair.presence !== 'empty') && (
          <Button onClick={() => void ask({ do: 'object' })}>{words.say('room-object')}</Button>
        )}
        <ShareButton />
        <Button look="quiet" onClick={keys}>
          {words.say('room-keys')}
        </Button>
      </div>
    </Dialog>
  );
}

const DEVICE_WORDS = { mic: 'room-device-mic', camera: 'room-device-camera', speaker: 'room-device-speaker' } as const;

function Devices() {
  const { words, session } = useHere();
  const [devices, setDevices] = useState<Device[]>([]);
  const [picked, setPicked] = useState<Partial<Record<Device['kind'], string>>>({});
  useEffect(() => {
    const read = () => void session.devices().then(setDevices);
    read();
    const media = navigator.mediaDevices as MediaDevices | undefined;
    media?.addEventListener('devicechange', read);
    return () => media?.removeEventListener('devicechange', read);
  }, [session]);
  const kinds = (['mic', 'camera', 'speaker'] as const).filter((kind) => devices.some((device) => device.kind === kind));
  if (kinds.length === 0) return <p className="soft">{words.say('room-devices-none')}</p>;
  return (
    <div className="two">
      {kinds.map((kind) => (
        <Select
          key={kind}
          label={words.say(DEVICE_WORDS[kind])}
          value={picked[kind] ?? session.deviceInUse(kind)}
          onChange={(id) => {
            setPicked({ ...picked, [kind]: id });
            session.useDevice(kind, id);
          }}
        >
          {devices
            .filter((device) => device.kind === kind)
            .map((device, index) => (
              <option key={device.id} value={device.id}>
                {device.label || words.say('room-device-number', { number: index + 1 })}
              </option>
            ))}
        </Select>
      ))}
    </div>
  );
}
