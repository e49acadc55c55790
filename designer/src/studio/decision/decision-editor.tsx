import { type FieldDictionary, inDmn13 } from '@bihuan/engine'
import Modeler from 'dmn-js/lib/Modeler'
import 'dmn-js/dist/assets/diagram-js.css'
import 'dmn-js/dist/assets/dmn-js-shared.css'
import 'dmn-js/dist/assets/dmn-js-drd.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css'
import 'dmn-js/dist/assets/dmn-js-literal-expression.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css'
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css'
import '../look/dmn.css'
import Boxes from 'lucide-solid/icons/boxes'
import FileX from 'lucide-solid/icons/file-x'
import { createEffect, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import { decisionWord } from '../../i18n/bpmn-io/decision-words.ts'
import feel from '../../i18n/bpmn-io/feel.zh-cn.json'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { EmptyState } from '../../ui/state.tsx'
import type { DmnView, DmnViewer } from './dmn-parts.ts'
import { inVersionOf, moddleExtensions } from './moddle.ts'
import { optionWordsModule } from './option-words.ts'
import { createTableHandle, RealChangesModule, type TableHandle, TogetherModule } from './table-handle.ts'

/** A name that expressions may read, as the editor offers it. */
export interface KnownName {
  readonly name: string
  readonly about: string
}

export interface DecisionEditorProps {
  /** Text of the file; a new one is read anew. */
  xml: string
  /** Id of the decision that is shown; null for the graph of all. */
  shown: string | null
  names: readonly KnownName[]
  /** Cells of a choice may be written in the words of its options. */
  dictionary: FieldDictionary
  onChange: (xml: string) => void
  /** The editor moved to another view by itself. */
  onShown: (decision: string | null) => void
  handle: (handle: TableHandle | null) => void
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String((error as { message?: unknown })?.message ?? error)).split(
    '\n',
  )[0] ?? ''

/** dmn-js in our look and language: graph, tables and expressions of one file. */
export function DecisionEditor(props: DecisionEditorProps) {
  let place!: HTMLDivElement
  const [broken, setBroken] = createSignal<string>()
  /** The decision has no view here: boxed expressions of its own. The file keeps it. */
  const [unseen, setUnseen] = createSignal(false)
  const [version, setVersion] = createSignal(0)
  let modeler: Modeler | undefined
  let reading = false
  let written: string | undefined
  /** The text as it was read. */
  let given = ''
  const heard = new WeakSet<DmnViewer>()

  /** Names of the case in the suggestions of every expression. */
  class StudioNames {
    static $inject = ['variableResolver']
    constructor(resolver: { registerProvider(provider: object): void }) {
      resolver.registerProvider({
        getVariables: (variables: readonly object[]) => [
          ...variables,
          ...props.names.map(({ name, about }) => ({ name, info: about, type: 'variable' })),
        ],
      })
    }
  }

  function open(): void {
    modeler?.destroy()
    const words = { translate: ['value', decisionWord] }
    const names = { __init__: ['studioNames'], studioNames: ['type', StudioNames] }
    const about = language() === 'zh-CN' ? Object.entries(feel) : []
    modeler = new Modeler({
      container: place,
      common: {
        feelLanguageContext: { builtins: about.map(([name, info]) => ({ name, info, type: 'function' })) },
      },
      moddleExtensions,
      drd: { additionalModules: [words] },
      decisionTable: {
        additionalModules: [words, names, TogetherModule, RealChangesModule, optionWordsModule(() => props.dictionary)],
      },
      literalExpression: { additionalModules: [words, names] },
      boxedExpression: { additionalModules: [words] },
    })
    modeler.on('views.changed', () => {
      const viewer = modeler?.getActiveViewer()
      if (viewer && !heard.has(viewer)) {
        heard.add(viewer)
        viewer.on('commandStack.changed', changed)
        viewer.on('selection.changed', () => {
          // What a listener gives back ends the event for those after it.
          setVersion((at) => at + 1)
        })
      }
      setVersion((at) => at + 1)
      const view = modeler?.getActiveView()
      // What stands behind while a decision without a view is shown was not asked for.
      if (view && !reading && !unseen()) props.onShown(view.type === 'drd' ? null : view.element.id)
    })
  }

  async function changed(): Promise<void> {
    setVersion((at) => at + 1)
    if (reading || !modeler) return
    const saved = await modeler.saveXML({ format: true })
    const xml = inVersionOf(given, saved.xml)
    if (xml === written) return
    written = xml
    props.onChange(xml)
  }

  const viewOf = (decision: string | null): DmnView | undefined => {
    const views = modeler?.getViews() ?? []
    return views.find((view) => (decision === null ? view.type === 'drd' : view.element.id === decision))
  }

  async function read(xml: string): Promise<void> {
    if (!modeler || xml === written) return
    reading = true
    try {
      const { warnings } = await modeler.importXML(inDmn13(xml))
      // What the editor cannot read it would not write either: it is shown as what it is and left alone.
      if (warnings.length > 0) throw new Error(messageOf(warnings[0]))
      written = xml
      given = xml
      await show(props.shown)
      setBroken(undefined)
    } catch (error) {
      setBroken(messageOf(error))
    }
    reading = false
    setVersion((at) => at + 1)
  }

  async function show(decision: string | null): Promise<void> {
    const view = viewOf(decision)
    setUnseen(decision !== null && !view)
    if (view && view !== modeler?.getActiveView()) await modeler?.open(view)
  }

  onMount(() => {
    createEffect(
      on([() => props.xml, language], ([xml], previous) => {
        if (!modeler || previous?.[1] !== language()) {
          written = undefined
          open()
        }
        void read(xml)
      }),
    )
    createEffect(
      on(
        () => props.shown,
        (decision) => !reading && void show(decision),
        { defer: true },
      ),
    )
    props.handle(
      createTableHandle(() => {
        version()
        if (broken() || unseen()) return null
        return modeler?.getActiveViewer() ?? null
      }),
    )
  })
  onCleanup(() => {
    props.handle(null)
    reading = true
    modeler?.destroy()
  })

  return (
    <>
      <Show when={broken()}>
        {(message) => (
          <EmptyState
            sign={<FileX class="icon" />}
            title={st('decisions.unreadable')}
            text={st('decisions.unreadableText', { message: message() })}
          />
        )}
      </Show>
      <Show when={!broken() && unseen()}>
        <EmptyState sign={<Boxes class="icon" />} title={st('decisions.unseen')} text={st('decisions.unseenText')} />
      </Show>
      <div class="decision-editor" classList={{ hidden: broken() !== undefined || unseen() }} ref={place} />
    </>
  )
}
