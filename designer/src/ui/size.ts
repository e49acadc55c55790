import { createSignal } from 'solid-js'

const storageName = 'bihuan.size'
const [large, setLargeState] = createSignal(localStorage.getItem(storageName) === 'large')

function show(on: boolean): void {
  if (on) document.documentElement.dataset.size = 'large'
  else delete document.documentElement.dataset.size
}
show(large())

/** Large mode (适老): bigger text and controls, nothing left out. Remembered on this machine. */
export function setLarge(on: boolean): void {
  localStorage.setItem(storageName, on ? 'large' : 'normal')
  show(on)
  setLargeState(on)
}

export { large }
