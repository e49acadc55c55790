import { type FieldEntry, formFiles, readParametersFile } from '@bihuan/engine'
import type { Element } from 'bpmn-js/lib/model/Types'
import {
  type Accessor,
  createContext,
  createMemo,
  createSignal,
  onCleanup,
  type ParentProps,
  useContext,
} from 'solid-js'
import { language } from '../../../i18n/i18n.ts'
import { st } from '../../../i18n/studio.ts'
import { useWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { piecesOf } from '../pieces/index.ts'
import type { Pieces } from '../pieces/pieces.ts'
import type { StudioModeler } from '../services.ts'
import { memberName, type ParameterName } from './askable.ts'
import { SentenceEdit } from './edit.ts'
import { headOf } from './feel/path.ts'

/** What sentences need to be said: the model, and what its names mean to people. */
export interface Sentences {
  readonly modeler: StudioModeler
  readonly edit: SentenceEdit
  readonly pieces: Pieces
  readonly workspace: Workspace
  /** Read in a memo, it makes that follow every change of the model. */
  readonly version: Accessor<number>
  readonly fields: Accessor<readonly FieldEntry[]>
  readonly parameters: Accessor<readonly ParameterName[]>
  /** Forms of the package: id → title. */
  readonly forms: Accessor<ReadonlyMap<string, string>>
  roleName(role: string): string
  levelName(level: string): string
  /** A path in words: 到会人数的实到; the path itself when nobody has named it. */
  pathName(path: string): string
  field(path: string): FieldEntry | undefined
  stepName(element: Element): string
}

const Context = createContext<Sentences>()

export function useSentences(): Sentences {
  const sentences = useContext(Context)
  if (!sentences) throw new Error('Expected the panel of sentences around this part')
  return sentences
}

const PARAMETERS = 'parameters.yaml'
/** Before listeners that may end the event. */
const FIRST = 2000

/** Follows the model of a modeller and gives its sentences to what lies inside. */
export function SentencesProvider(props: ParentProps<{ modeler: StudioModeler }>) {
  const workspace = useWorkspace()
  const [version, setVersion] = createSignal(0)
  const { modeler } = props
  const eventBus = modeler.get('eventBus')
  // A listener that gives a value would keep the event from the others.
  const changed = (): void => {
    setVersion((count) => count + 1)
  }
  const events = ['commandStack.changed', 'import.done'] as const
  eventBus.on(events, FIRST, changed)
  onCleanup(() => eventBus.off(events, changed as never))

  const fields = createMemo(() => workspace.dictionary().fields)
  const byKey = createMemo(() => new Map(fields().map((field) => [field.key, field])))
  const parameters = createMemo((): ParameterName[] => {
    const text = workspace.files[PARAMETERS]
    const declared = text ? (readParametersFile(PARAMETERS, text).value ?? []) : []
    return declared.map(({ name, title, value, unit }) => ({
      name,
      title: title[language() === 'en' ? 'en' : 'zh'] ?? title.zh ?? Object.values(title)[0] ?? name,
      value,
      unit,
    }))
  })
  const forms = createMemo(() => {
    const titles = new Map<string, string>()
    for (const [id, { schema }] of formFiles({ ...workspace.files })) {
      const { title } = (schema.properties ?? {}) as { title?: unknown }
      titles.set(id, typeof title === 'string' && title !== '' ? title : id)
    }
    return titles
  })

  const sentences: Sentences = {
    modeler,
    edit: new SentenceEdit(modeler),
    pieces: piecesOf(modeler),
    workspace,
    version,
    fields,
    parameters,
    forms,
    roleName: (role) => workspace.directory()?.roles.find((one) => one.key === role)?.name ?? role,
    levelName: (level) => workspace.directory()?.levels.find((one) => one.key === level)?.name ?? level,
    pathName(path) {
      const [head, member, ...rest] = path.split('.')
      if (head === 'parameters') return parameters().find((one) => one.name === member)?.title ?? path
      if (path === 'case.number') return st('pieces.path.caseNumber')
      if (path === 'case.unit.name') return st('pieces.path.caseUnit')
      const field = byKey().get(head ?? '')
      // What a step gathers into one variable keeps the names of its fields: `precheck.legality`.
      const inner = byKey().get(member ?? '')
      if (!field && inner && rest.length === 0) return inner.name
      if (!field || rest.length > 0) return path
      if (member === undefined) return field.name
      const known = MEMBERS[member]
      return known ? memberName(fields(), field, st(known)) : path
    },
    field: (path) => byKey().get(headOf(path)),
    stepName: (element) => {
      version()
      return element.businessObject.name?.trim() || st('pieces.unnamed')
    },
  }
  return <Context.Provider value={sentences}>{props.children}</Context.Provider>
}

/** Members of counted fields, in words. */
const MEMBERS: { readonly [member: string]: `pieces.member.${'expected' | 'present' | 'yes' | 'no' | 'abstain'}` } = {
  expected: 'pieces.member.expected',
  present: 'pieces.member.present',
  yes: 'pieces.member.yes',
  no: 'pieces.member.no',
  abstain: 'pieces.member.abstain',
}
