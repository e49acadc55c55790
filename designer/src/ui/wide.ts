import { createSignal } from 'solid-js'

/** From this width on the app is a desk (rail, columns); below it is a phone. */
const query = matchMedia('(min-width: 900px)')
const [wide, setWide] = createSignal(query.matches)
query.addEventListener('change', (event) => setWide(event.matches))

/** Whether the window is as wide as a desk. Reactive. */
export { wide }
