import { createSignal } from 'solid-js'

const [online, setOnline] = createSignal(navigator.onLine)
addEventListener('online', () => setOnline(true))
addEventListener('offline', () => setOnline(false))

/** Whether the machine says it has a network. Reactive; a request may still fail while it says so. */
export { online }
