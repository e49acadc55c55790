/** `npm run faults`: servers under load are killed, filled, stopped and lied to; what they had answered must hold. */
import { parseArgs } from 'node:util'
import { Siege } from './siege.ts'
import { hasStrace, watchSyncs } from './synced.ts'

/** Exit code. */
async function besiege(minutes: number, seed: number, sabotage: boolean): Promise<number> {
  console.log(`seed ${seed}`)
  const say = (line: string) => console.log(line)
  const siege = new Siege({ seed, say, sabotage: sabotage ? 'answerBeforeCommit' : 'none' })
  const { kills, acknowledged, lost, doubled, half, unfounded } = await siege.run(
    minutes * 60_000,
    minutes > 2 ? 10 : 3,
  )
  console.log(
    `kills ${kills}, acknowledged commands ${acknowledged}, lost ${lost}, doubled ${doubled}, half ${half}, unfounded rejections ${unfounded}`,
  )
  return lost + doubled + half + unfounded === 0 ? 0 : 1
}

/** Exit code. */
async function trace(commands: number, synchronous: 'FULL' | 'OFF'): Promise<number> {
  if (!hasStrace()) {
    console.error('Expected strace to be installed, but it is not. Run: apt-get install strace')
    return 1
  }
  const { answered, written, synced, syncs } = await watchSyncs(commands, synchronous)
  console.log(
    `synchronous=${synchronous}: answered ${answered}, written before the answer ${written}, synced before the answer ${synced}, syncs of the log ${syncs}`,
  )
  return answered === commands && synced === commands ? 0 : 1
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    strace: { type: 'boolean', default: false },
    commands: { type: 'string', default: '200' },
    // For those who want to see the harness fail.
    synchronous: { type: 'string', default: 'FULL' },
    sabotage: { type: 'boolean', default: false },
  },
})
const minutes = Number(values.minutes)
const commands = Number(values.commands)
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
if (!(minutes > 0) || !Number.isSafeInteger(seed) || !(commands > 0)) {
  console.error('Expected --minutes and --commands with a number above 0 and --seed with a whole number.')
  process.exit(1)
}
process.exit(
  values.strace
    ? await trace(commands, values.synchronous === 'OFF' ? 'OFF' : 'FULL')
    : await besiege(minutes, seed, values.sabotage),
)
