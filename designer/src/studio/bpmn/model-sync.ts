import { createEffect, on, onCleanup } from 'solid-js'
import type { Workspace } from '../workspace/workspace.ts'
import type { StudioModeler } from './modeler.ts'

/** How long drawing must rest before the text is written. */
const REST = 300

export interface ModelSync {
  /** Writes what was drawn now, without waiting for a rest. */
  flush(): Promise<void>
}

export interface SyncEvents {
  /** A text is being read. */
  reading(): void
  /** It stands on the paper; `lost` are parts that were not understood, in the words of the reader. */
  read(lost: readonly string[]): void
  failed(): void
}

/**
 * Keeps a drawing and the text of its file the same: reads the text when another part changed it, writes it when the
 * drawing rests. Call inside a component.
 */
export function syncModel(
  modeler: StudioModeler,
  workspace: Workspace,
  file: () => string,
  events: SyncEvents,
): ModelSync {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Text the drawing stands for, and the file it belongs to. */
  let shown: { file: string; text: string } | undefined
  let writing: Promise<void> = Promise.resolve()
  let gone = false
  /** Counts readings: only the last one counts. */
  let reading = 0

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (!shown) return
    const { file: name } = shown
    const { xml } = await modeler.saveXML({ format: true })
    // The drawing may be of another file by now.
    if (!xml || shown?.file !== name || xml === shown.text) return
    shown = { file: name, text: xml }
    workspace.write({ [name]: xml }, 'bpmn')
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      writing = write()
    }, REST)
  }

  async function read(name: string, text: string): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const selected = shown?.file === name ? selectedIds(modeler) : []
    const view = shown?.file === name ? modeler.get('canvas').viewbox() : undefined
    shown = undefined
    reading += 1
    const own = reading
    events.reading()
    try {
      const { warnings } = await modeler.importXML(text)
      if (gone || own !== reading) return
      shown = { file: name, text }
      if (view) {
        modeler.get('canvas').viewbox(view)
        select(modeler, selected)
      }
      events.read(warnings.map(String))
    } catch {
      if (!gone && own === reading) events.failed()
    }
  }

  modeler.get('eventBus').on('commandStack.changed', (event: { trigger?: string }) => {
    // Reading a text clears the stack: nothing was drawn.
    if (shown && event.trigger !== 'clear') later()
  })

  createEffect(
    on([file, () => workspace.files[file()]], ([name, text]) => {
      if (text === undefined) return
      const isOwn = shown?.file === name && (shown.text === text || workspace.originOf(name) === 'bpmn')
      if (!isOwn) void read(name, text)
    }),
  )

  onCleanup(() => {
    gone = true
    if (timer !== undefined) void write()
  })

  return {
    async flush() {
      if (timer !== undefined) writing = write()
      await writing
    },
  }
}

const selectedIds = (modeler: StudioModeler): string[] =>
  modeler
    .get('selection')
    .get()
    .map(({ id }) => id)

function select(modeler: StudioModeler, ids: readonly string[]): void {
  const registry = modeler.get('elementRegistry')
  const elements = ids.map((id) => registry.get(id)).filter((element) => element !== undefined)
  modeler.get('selection').select(elements)
}
