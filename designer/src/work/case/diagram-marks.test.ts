import { describe, expect, it } from 'vitest'
import { type DrawnElement, markOf, viewOf } from './diagram-marks.ts'

const diagram = { xml: '', taken: ['f1'], elements: { a: 'done', b: 'active', c: 'incident' } as const }
const element = (type: string, id: string, change: Partial<DrawnElement> = {}): DrawnElement => ({
  id,
  type,
  x: 0,
  y: 0,
  width: 100,
  height: 80,
  businessObject: { id },
  di: { set: () => undefined },
  ...change,
})

describe('how far an element of the drawing is', () => {
  it('follows the state of steps and the flows taken', () => {
    expect(markOf(diagram, element('bpmn:UserTask', 'a'))).toBe('past')
    expect(markOf(diagram, element('bpmn:UserTask', 'b'))).toBe('now')
    expect(markOf(diagram, element('bpmn:ServiceTask', 'c'))).toBe('bad')
    expect(markOf(diagram, element('bpmn:UserTask', 'd'))).toBe('todo')
    expect(markOf(diagram, element('bpmn:SequenceFlow', 'f1'))).toBe('past')
    expect(markOf(diagram, element('bpmn:SequenceFlow', 'f2'))).toBe('todo')
  })

  it('marks no frame and no note', () => {
    expect(markOf(diagram, element('bpmn:Lane', 'a'))).toBeNull()
    expect(markOf(diagram, element('bpmn:TextAnnotation', 'a'))).toBeNull()
  })
})

describe('the part of the drawing that is shown', () => {
  const outer = { width: 900, height: 400 }

  it('is the whole when that can be read', () => {
    const view = viewOf({ x: 0, y: 0, width: 800, height: 200 }, outer, { x: 0, y: 0, width: 10, height: 10 })
    expect(view.x).toBeLessThan(0)
    expect(view.x + view.width).toBeGreaterThan(800)
  })

  it('else stays readable around the open step and inside the drawing', () => {
    const inner = { x: 0, y: 0, width: 4000, height: 2000 }
    const view = viewOf(inner, outer, { x: 3900, y: 1000, width: 100, height: 80 })
    expect(outer.width / view.width).toBeCloseTo(0.78)
    expect(view.x + view.width).toBeGreaterThanOrEqual(4000)
    expect(view.x + view.width).toBeLessThan(4100)
    expect(view.y).toBeLessThan(1000)
  })

  it('shows everything on request, at any scale', () => {
    const view = viewOf({ x: 0, y: 0, width: 4000, height: 2000 }, outer, null)
    expect(view.width).toBeGreaterThanOrEqual(4000)
    expect(view.height).toBeGreaterThanOrEqual(2000)
  })
})
