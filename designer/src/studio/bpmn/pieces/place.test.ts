import { describe, expect, it } from 'vitest'
import type { Fragment } from './fragment.ts'
import { aboveAll, dropBelow, placeAfter, placeBelow } from './place.ts'

const task = (x: number, y = 0) => ({ x, y, width: 100, height: 80 })

const fragment: Fragment = {
  nodes: [
    { id: 'a', type: 'bpmn:UserTask', x: 0, y: 0 },
    { id: 'b', type: 'bpmn:ExclusiveGateway', x: 125, y: 0 },
    { id: 'c', type: 'bpmn:EndEvent', x: 125, y: 110 },
  ],
  flows: [],
  roots: [],
  entry: 'a',
  exit: { source: 'b' },
  main: 'a',
  fields: [],
  access: {},
}

describe('where a fragment goes', () => {
  it('stands to the right of its source on the same row, and moves nothing when there is room', () => {
    const [source, target] = [task(0), task(500)]
    expect(placeAfter(fragment, source, target, [source, target])).toEqual({ x: 200, y: 40, push: null })
  })

  it('moves what follows by what is missing', () => {
    const [source, target] = [task(0), task(150)]
    // 100 + 50 + 200 wide + 50 to the next shape
    expect(placeAfter(fragment, source, target, [source, target]).push).toEqual({ start: 101, by: 250 })
  })

  it('moves what would be covered on another row', () => {
    const [source, target, below] = [task(0), task(500), task(240, 120)]
    const { push } = placeAfter(fragment, source, target, [source, target, below])
    expect(push?.by).toBeGreaterThanOrEqual(350 - 240)
  })

  it('goes past what begins left of it and cannot move', () => {
    const [source, target, below] = [task(0), task(500), { x: 50, y: 120, width: 200, height: 80 }]
    const place = placeAfter(fragment, source, target, [source, target, below])
    expect(place).toEqual({ x: 250 + 50 + 50, y: 40, push: { start: 101, by: 300 + 200 + 50 - 500 } })
  })

  it('is not moved by the shape that it lies in', () => {
    const source = task(100, 100)
    const around = { x: 0, y: 0, width: 900, height: 400 }
    expect(placeAfter(fragment, source, null, [source, around]).push).toBeNull()
  })

  it('puts a further branch below those there are', () => {
    const gateway = { x: 0, y: 15, width: 50, height: 50 }
    const first = task(100)
    expect(placeBelow(fragment, gateway, [gateway, first]).y).toBe(80 + 25 + 40)
  })

  it('drops an attached fragment below what is there', () => {
    expect(dropBelow(task(0), [])).toBe(0)
    expect(dropBelow(task(0), [task(20, 20)])).toBe(120)
  })

  it('leads a way back above what stands between, and beside other ways', () => {
    const [from, between, to] = [task(400), task(200, -40), task(0)]
    expect(aboveAll(from, to, [from, between, to], [])).toBe(-70)
    expect(aboveAll(from, to, [from, between, to], [-70])).toBe(-90)
  })
})
