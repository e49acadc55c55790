import { setTimeout as pause } from 'node:timers/promises'
import type { Load } from './load.ts'

/** What a server may take to work again once what ailed it is over. */
const RECOVER = 10_000

/** Waits until something is so, but not for ever. Gives whether it is. */
export async function until(isSo: () => boolean, milliseconds: number, look = 20): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!isSo() && performance.now() < end) await pause(look)
  return isSo()
}

/** A server whose trouble is over acknowledges again, by itself and soon. */
export async function recovers({ history }: Load, what: string): Promise<void> {
  const before = history.acknowledged
  if (!(await until(() => history.acknowledged > before, RECOVER)))
    history.faults.push(`no command was acknowledged within ${RECOVER} ms after ${what}`)
}
