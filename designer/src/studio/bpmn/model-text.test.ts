import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { FileChanges, Origin } from '../workspace/workspace.ts'
import { modelText, type SyncedModeler } from './model-text.ts'

/** A modeller whose drawing is a text, and the package around it. */
function studio() {
  const said: string[] = []
  const written: FileChanges[] = []
  const origins = new Map<string, Origin>()
  const listeners: ((event: { trigger?: string }) => void)[] = []
  let drawing = ''
  let reading: Promise<void> | undefined
  let warnings: string[] = []
  let selected = ['a', 'gone']
  const viewboxes: object[] = []
  const services = {
    eventBus: { on: (_: string, listener: (event: { trigger?: string }) => void) => listeners.push(listener) },
    canvas: {
      viewbox(box?: object) {
        if (box) viewboxes.push(box)
        return { x: 7 }
      },
    },
    selection: {
      get: () => selected.map((id) => ({ id })),
      select: (elements: { id: string }[]) => {
        selected = elements.map(({ id }) => id)
      },
    },
    elementRegistry: { get: (id: string) => (id === 'gone' ? undefined : { id }) },
  }
  const modeler = {
    get: (name: keyof typeof services) => services[name],
    async importXML(text: string) {
      await reading
      if (text === 'broken') throw new Error('no drawing')
      drawing = text
      for (const listener of listeners) listener({ trigger: 'clear' })
      return { warnings }
    },
    saveXML: async () => ({ xml: drawing }),
  } as unknown as SyncedModeler
  const workspace = {
    originOf: (file: string) => origins.get(file) ?? 'load',
    write(changes: FileChanges, origin: Origin) {
      written.push(changes)
      for (const file of Object.keys(changes)) origins.set(file, origin)
    },
  }
  const model = modelText(modeler, workspace, {
    reading: () => said.push('reading'),
    read: (lost) => said.push(`read ${lost.join()}`),
    failed: () => said.push('failed'),
  })
  return {
    said,
    written,
    origins,
    model,
    viewboxes,
    selected: () => selected,
    draw(text: string) {
      drawing = text
      for (const listener of listeners) listener({ trigger: 'execute' })
    },
    warn(words: string[]) {
      warnings = words
    },
    hold(until: Promise<void>) {
      reading = until
    },
    async show(file: string, text: string) {
      model.show(file, text)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('reads a text and says what was lost; reading is no drawing', async () => {
  const one = studio()
  one.warn(['unknown <acme:er>'])
  await one.show('p.bpmn', 'first')
  await vi.advanceTimersByTimeAsync(1000)
  expect(one.said).toEqual(['reading', 'read unknown <acme:er>'])
  expect(one.written).toEqual([])
})

it('writes once the drawing rests, and does not read its own words', async () => {
  const one = studio()
  await one.show('p.bpmn', 'first')
  one.draw('second')
  await vi.advanceTimersByTimeAsync(299)
  one.draw('third')
  await vi.advanceTimersByTimeAsync(299)
  expect(one.written).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(one.written).toEqual([{ 'p.bpmn': 'third' }])
  await one.show('p.bpmn', 'third')
  expect(one.said).toEqual(['reading', 'read '])
})

it('writes at once when asked before a save; nothing when nothing was drawn', async () => {
  const one = studio()
  await one.show('p.bpmn', 'first')
  expect(one.model.write()).toBeUndefined()
  one.draw('second')
  const writing = one.model.write()
  expect(one.model.write()).toBe(writing)
  await writing
  expect(one.written).toEqual([{ 'p.bpmn': 'second' }])
  expect(one.model.write()).toBeUndefined()
})

it('writes what was drawn a moment before it goes', async () => {
  const one = studio()
  await one.show('p.bpmn', 'first')
  one.draw('last')
  await one.model.close()
  expect(one.written).toEqual([{ 'p.bpmn': 'last' }])
})

it('keeps what was drawn in the file that is left', async () => {
  const one = studio()
  await one.show('p.bpmn', 'first')
  one.draw('changed')
  await one.show('q.bpmn', 'other')
  expect(one.written).toEqual([{ 'p.bpmn': 'changed' }])
  one.draw('other, changed')
  await vi.advanceTimersByTimeAsync(300)
  expect(one.written.at(-1)).toEqual({ 'q.bpmn': 'other, changed' })
})

it('takes up what another part wrote, with the view and the selection that still are', async () => {
  const one = studio()
  await one.show('p.bpmn', 'first')
  one.origins.set('p.bpmn', 'merge')
  await one.show('p.bpmn', 'theirs')
  expect(one.viewboxes).toEqual([{ x: 7 }])
  expect(one.selected()).toEqual(['a'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(one.written).toEqual([])
})

it('of two texts in quick succession only the last counts', async () => {
  const one = studio()
  let go = (): void => {}
  one.hold(
    new Promise((resolve) => {
      go = resolve
    }),
  )
  one.model.show('p.bpmn', 'first')
  one.model.show('p.bpmn', 'second')
  go()
  await vi.advanceTimersByTimeAsync(0)
  expect(one.said.filter((words) => words !== 'reading')).toEqual(['read '])
})

it('says when a text cannot be drawn, and writes nothing over it', async () => {
  const one = studio()
  await one.show('p.bpmn', 'broken')
  one.draw('something')
  await vi.advanceTimersByTimeAsync(1000)
  expect(one.said).toEqual(['reading', 'failed'])
  expect(one.written).toEqual([])
})
