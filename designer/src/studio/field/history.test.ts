import type { FieldDictionary } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { again, back, noHistory, remember } from './history.ts'

const at = (id: string): FieldDictionary => ({ fields: [], access: { [id]: {} } })

describe('what was done', () => {
  it('can be taken back and made again, names of keys with it', () => {
    const history = remember(noHistory, { before: at('a'), after: at('b'), renamed: { from: 'x', to: 'y' } })
    const taken = back(history)
    expect(taken?.done).toEqual({ before: at('b'), after: at('a'), renamed: { from: 'y', to: 'x' } })
    const made = again(taken?.history ?? noHistory)
    expect(made?.done.after).toEqual(at('b'))
    expect(made?.history).toEqual(history)
    expect(back(noHistory)).toBeNull()
    expect(again(history)).toBeNull()
  })
  it('forgets what was taken back once something new is done, and the oldest of many', () => {
    let history = noHistory
    for (let i = 0; i < 300; i += 1)
      history = remember(history, { before: at(`${i}`), after: at(`${i + 1}`), renamed: null })
    expect(history.past).toHaveLength(200)
    expect(history.past.at(-1)?.after).toEqual(at('300'))
    const taken = back(history)?.history ?? noHistory
    expect(remember(taken, { before: at('a'), after: at('b'), renamed: null }).future).toEqual([])
  })
})
