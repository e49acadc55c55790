import { createSignal } from 'solid-js'

/**
 * Whether the session ended under an open page: a request was refused as nobody's. The page stays as it is, covered,
 * until its person has signed in again.
 */
export const [sessionEnded, setSessionEnded] = createSignal(false)
