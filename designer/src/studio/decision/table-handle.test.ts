import { expect, it } from 'vitest'
import type { DmnElement } from './dmn-parts.ts'
import { RealChangesModule } from './table-handle.ts'

it('a cell that tells the text it has makes no step, so that what was taken back can be done again', () => {
  const steps: string[] = []
  const modeling = { editCell: (_: DmnElement, text: string) => void steps.push(text) }
  const [, RealChanges] = RealChangesModule.studioRealChanges
  new RealChanges(modeling)
  const cell = (text?: string) => ({ id: 'c', $type: 'dmn:UnaryTests', ...(text !== undefined && { text }) })
  modeling.editCell(cell('"a"'), '"a"')
  modeling.editCell(cell(), '')
  modeling.editCell(cell('"a"'), '"b"')
  expect(steps).toEqual(['"b"'])
})
