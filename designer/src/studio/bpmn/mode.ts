import { createSignal } from 'solid-js'

/** `work` speaks of 办事 (业务): pieces and sentences. `expert` (专业) shows BPMN whole. */
export type Mode = 'work' | 'expert'

const STORE = 'bihuan.studio-mode'

function remembered(): Mode {
  try {
    return localStorage.getItem(STORE) === 'expert' ? 'expert' : 'work'
  } catch {
    return 'work'
  }
}

const [mode, setModeSignal] = createSignal<Mode>(remembered())

export { mode }

/** Changes the way of drawing and remembers it on this machine. */
export function setMode(next: Mode): void {
  setModeSignal(next)
  try {
    localStorage.setItem(STORE, next)
  } catch {
    // Without a store it lasts as long as the page.
  }
}
