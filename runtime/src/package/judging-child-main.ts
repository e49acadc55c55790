import type { Answered, Asked } from './judging-child.ts'
import { summarise } from './summarise.ts'

// Judges drafts beside the process that answers people: one after the other, in the order they come.
let turn: Promise<unknown> = Promise.resolve()
process.on('message', ({ number, files, known }: Asked) => {
  turn = turn.then(async () => {
    const summary = await summarise(files, known).catch(() => null)
    process.send?.({ number, summary } satisfies Answered)
  })
})
// Nobody asks any more.
process.on('disconnect', () => process.exit(0))
