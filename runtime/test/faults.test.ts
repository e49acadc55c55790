import { describe, expect, it } from 'vitest'
import { Siege } from '../faults/siege.ts'
import { hasStrace, readTrace, watchSyncs } from '../faults/synced.ts'

const SEED = Date.now() % 1_000_000

describe('servers that are attacked', () => {
  it('F01 F04 F05 F06 F08 F09 F10 F13 lose nothing they have answered, and do nothing twice or by halves', async () => {
    const lines: string[] = [`seed ${SEED}`]
    const siege = new Siege({ seed: SEED, say: (line) => lines.push(line) })
    const { kills, acknowledged, ...wrong } = await siege.run(60_000, 3)
    expect(wrong, lines.join('\n')).toEqual({ lost: 0, doubled: 0, half: 0, unfounded: 0 })
    expect(kills).toBeGreaterThanOrEqual(6)
    expect(acknowledged).toBeGreaterThan(50)
  }, 600_000)

  it('F01 answers given before they are on disk are found to be lost', async () => {
    const siege = new Siege({ seed: SEED, say: () => {}, sabotage: 'answerBeforeCommit' })
    const { lost } = await siege.run(1, 4, 1)
    expect(lost).toBeGreaterThan(0)
  }, 300_000)
})

// The calls of the system are seen by strace alone; `npm test` installs it where it can.
describe.skipIf(!hasStrace())('what the system sees (needs strace)', () => {
  it('G2 a sync of the log ends between the rows of each command and its answer', async () => {
    const { answered, written, synced } = await watchSyncs(20, 'FULL')
    expect({ answered, written, synced }).toEqual({ answered: 20, written: 20, synced: 20 })
  }, 300_000)

  it('G2 without synchronous=FULL that is found to be missing', async () => {
    const { answered, synced } = await watchSyncs(10, 'OFF')
    expect(answered).toBe(10)
    expect(synced).toBe(0)
  }, 300_000)
})

describe('reading a trace', () => {
  const write = (text: string) => `7 pwrite64(9</d/bihuan.db-wal>, "${text}", 4096, 32) = 4096`
  const sync = '7 fsync(9</d/bihuan.db-wal>) = 0'
  const answer = '7 writev(21<socket:[5]>, [{iov_base="HTTP/1.1 200 OK"}], 1) = 900'

  it.each([
    ['synced before the answer', [write('one'), sync, answer], 1],
    ['not synced', [write('one'), answer], 0],
    ['written again after the sync', [write('one'), sync, write('more'), answer], 0],
    ['a sync that fails', [write('one'), '7 fsync(9</d/bihuan.db-wal>) = -1 EIO', answer], 0],
    ['a sync of another file', [write('one'), '7 fsync(9</d/bihuan.db>) = 0', answer], 0],
    ['answered before it was written', [answer, write('one'), sync], 0],
    ['a sync that ends later', [write('one'), '7 fsync(9</d/bihuan.db-wal> <unfinished ...>', answer], 0],
  ])('%s', (_, lines, synced) => {
    expect(readTrace(lines.join('\n'), ['one'])).toMatchObject({ answered: 1, synced })
  })
})
