import type { Workspace } from '../workspace/workspace.ts'
import type { ModelerServices, StudioModeler } from './services.ts'
import { withDrawing } from './with-drawing.ts'

/** How long drawing must rest before the text is written. */
const REST = 300

export interface SyncEvents {
  /** A text is being read. */
  reading(): void
  /** It stands on the paper; `lost` are parts that were not understood, in the words of the reader. */
  read(lost: readonly string[]): void
  failed(): void
}

/** As much of the modeller as its text needs. */
export type SyncedModeler = Pick<StudioModeler, 'importXML' | 'saveXML'> & {
  get<Name extends 'canvas' | 'elementRegistry' | 'eventBus' | 'selection'>(name: Name): ModelerServices[Name]
}

/** As much of the package. */
export type SyncedWorkspace = Pick<Workspace, 'originOf' | 'write'>

export interface ModelText {
  /** The text of the file that is open; read when it is not what was written here. */
  show(file: string, text: string): void
  /** Writes what was drawn, if anything was: a promise while it does. */
  write(): Promise<void> | undefined
  /** Nothing is read any more; what was drawn is written. */
  close(): Promise<void> | undefined
}

/** Keeps a drawing and the text of its file the same, each following the other. */
export function modelText(modeler: SyncedModeler, workspace: SyncedWorkspace, events: SyncEvents): ModelText {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Text the drawing stands for, and the file it belongs to. */
  let shown: { file: string; text: string } | undefined
  /** While a text is being written. */
  let writing: Promise<void> | undefined
  let gone = false
  /** Counts readings: only the last one counts. */
  let reading = 0

  function rest(): void {
    clearTimeout(timer)
    timer = undefined
  }

  function write(): Promise<void> | undefined {
    if (timer === undefined) return writing
    rest()
    // The modeller goes with the page: what is to be written is read from it at once.
    const own = (writing ? writing.then(writeText) : writeText()).finally(() => {
      if (writing === own) writing = undefined
    })
    writing = own
    return own
  }

  async function writeText(): Promise<void> {
    if (!shown) return
    const { file } = shown
    const { xml } = await modeler.saveXML({ format: true })
    // The drawing may be of another file by now.
    if (!xml || shown?.file !== file || xml === shown.text) return
    shown = { file, text: xml }
    workspace.write({ [file]: xml }, 'bpmn')
  }

  async function read(file: string, text: string): Promise<void> {
    reading += 1
    const own = reading
    // What was drawn in another file belongs to that file; this one was changed elsewhere, and that counts.
    if (shown?.file !== file) await write()
    if (gone || own !== reading) return
    rest()
    const selected = shown?.file === file ? selectedIds(modeler) : []
    const view = shown?.file === file ? modeler.get('canvas').viewbox() : undefined
    shown = undefined
    events.reading()
    try {
      const { warnings } = await modeler.importXML((await withDrawing(text)) ?? text)
      if (gone || own !== reading) return
      shown = { file, text }
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
    if (!shown || gone || event.trigger === 'clear') return
    clearTimeout(timer)
    timer = setTimeout(() => void write(), REST)
  })

  return {
    show(file, text) {
      const isOwn = shown?.file === file && (shown.text === text || workspace.originOf(file) === 'bpmn')
      if (!isOwn) void read(file, text)
    },
    write,
    close() {
      gone = true
      return write()
    },
  }
}

const selectedIds = (modeler: SyncedModeler): string[] =>
  modeler
    .get('selection')
    .get()
    .map(({ id }) => id)

function select(modeler: SyncedModeler, ids: readonly string[]): void {
  const registry = modeler.get('elementRegistry')
  const elements = ids.map((id) => registry.get(id)).filter((element) => element !== undefined)
  modeler.get('selection').select(elements)
}
