// Short tones beside the words; a browser that wants a touch first stays silent until then.
const cues = {
  awaiting_card: [[880, 0.09], [1175, 0.14]],
  approved: [[523, 0.1], [659, 0.1], [784, 0.24]],
  declined: [[311, 0.22], [233, 0.38]],
  cancelled: [[392, 0.25]]
};
let context = null;
let muted = false;
try { muted = localStorage.getItem('muted') === 'yes'; } catch { /* kept for this page alone */ }

export const isMuted = () => muted;

export function mute(isOn) {
  muted = isOn;
  try { localStorage.setItem('muted', isOn ? 'yes' : 'no'); } catch { /* as above */ }
}

function tone(pitch, from, length) {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = 'triangle';
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0.4, from);
  volume.gain.exponentialRampToValueAtTime(0.001, from + length);
  source.connect(volume).connect(context.destination);
  source.start(from);
  source.stop(from + length);
}

/** Plays the cue of a screen, if it has one, now or never: a late one would tell what is over. */
export async function play(kind) {
  const cue = cues[kind];
  if (!cue || muted) return;
  try {
    context ??= new AudioContext();
    const asked = performance.now();
    await context.resume();
    if (performance.now() - asked > 500 || muted) return;
    let from = context.currentTime + 0.02;
    for (const [pitch, length] of cue) {
      tone(pitch, from, length);
      from += length;
    }
  } catch { /* no sound on this machine */ }
}
