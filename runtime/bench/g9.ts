import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { type Figure, figureLine } from '../../scripts/figure.ts'
import { Prover } from '../src/audit/proof.ts'
import { verifyDatabase } from '../src/audit/verify-database.ts'
import { openReader } from '../src/db/libsql-reader.ts'
import { makeTrail } from './trail.ts'

const PROOFS = 500

/**
 * G9: a sealed trail of a million rows is verified, in seconds; and a proof that one row is in it is made, in
 * milliseconds (median).
 */
export async function g9(rows = 1_000_000): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-verify-'))
  try {
    const path = join(folder, 'trail.db')
    await makeTrail(path, folder, rows)
    const begin = performance.now()
    const found = await verifyDatabase(path)
    const seconds = (performance.now() - begin) / 1000
    if (!found.intact || found.trail.rows !== rows || found.unsealed !== 0)
      throw new Error(`Expected a whole trail of ${rows} rows, but found ${JSON.stringify(found.trail)}`)
    return [
      { name: 'G9 verified', value: seconds, goal: '<=30', unit: 's' },
      { name: 'G9 proof', value: await measureProof(path, rows), goal: '<=1', unit: 'ms' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each proof by a prover of its own: nothing of the tree is in its memory. */
async function measureProof(path: string, rows: number): Promise<number> {
  const reader = openReader(path)
  try {
    const times: number[] = []
    for (let i = 0; i < PROOFS; i += 1) {
      const stream = 1024 + Math.floor((i * rows) / 10 / PROOFS)
      const begin = performance.now()
      const proof = await new Prover(reader).inclusion(stream, 5)
      times.push(performance.now() - begin)
      if (!proof) throw new Error(`Expected a proof of stream ${stream}`)
    }
    return times.sort((a, b) => a - b)[PROOFS >> 1]!
  } finally {
    reader.close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const figure of await g9(Number(process.argv[2] ?? 1_000_000))) console.log(figureLine(figure))
