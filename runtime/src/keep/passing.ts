import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Works with a folder that is not to outlive the work: it is removed when that is done or has failed, and when the
 * process is told to end meanwhile, since it may hold a copy of everything. What was renamed stays. Gives what `work` gives.
 */
export async function passing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const end = (signal: (typeof SIGNALS)[number]) => {
    rmSync(folder, { recursive: true, force: true })
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of SIGNALS) process.once(signal, end)
  try {
    return await work()
  } finally {
    for (const signal of SIGNALS) process.off(signal, end)
    await rm(folder, { recursive: true, force: true })
  }
}
