// A soft chime for new cases, off until somebody wants it.
const KEY = "sound";
let context = null;

function isOn() {
  return localStorage.getItem(KEY) === "on";
}

export function offerSound() {
  const box = document.getElementById("sound");
  if (!box) return;
  document.getElementById("sound-switch").hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => {
    localStorage.setItem(KEY, box.checked ? "on" : "off");
    chime();
  });
}

export function chime() {
  if (!isOn()) return;
  context ??= new AudioContext();
  context.resume();
  [660, 880].forEach((pitch, number) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime + number * 0.18;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  });
}
