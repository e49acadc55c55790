import type { FieldDictionary, FieldKind } from '@bihuan/engine'
import { VariableProvider } from '@bpmn-io/variable-resolver'
import type { Element } from 'bpmn-js/lib/model/Types'
import { st } from '../../i18n/studio.ts'
import type { DiagramModule } from './module.ts'

/** A variable as the FEEL editor offers it. */
export interface KnownVariable {
  readonly name: string
  readonly type?: string
  readonly info?: string
  readonly isList?: boolean
  readonly entries?: readonly KnownVariable[]
}

const TYPES: Readonly<Partial<Record<FieldKind, string>>> = {
  number: 'Number',
  attendance: 'Context',
  votes: 'Context',
  person: 'Context',
  unit: 'Context',
  yesNo: 'Boolean',
  choices: 'List',
  photo: 'List',
  signature: 'List',
  attachments: 'List',
  table: 'List',
}

const PARTS: Readonly<Partial<Record<FieldKind, readonly string[]>>> = {
  attendance: ['expected', 'present'],
  votes: ['present', 'yes', 'no', 'abstain'],
  person: ['id', 'name'],
  unit: ['id', 'name'],
}

const named = (name: string): KnownVariable => ({ name })

/**
 * What every expression of a package may read: its fields, its parameters and what the engine says of the case.
 * @param parameters names and titles of the package's parameters
 */
export function knownVariables(
  { fields }: FieldDictionary,
  parameters: readonly { readonly name: string; readonly title: string }[],
): KnownVariable[] {
  return [
    ...fields.map(
      ({ key, name, kind, multiple }): KnownVariable => ({
        name: key,
        info: name,
        type: multiple ? 'List' : (TYPES[kind] ?? 'String'),
        ...(TYPES[kind] === 'List' || multiple ? { isList: true } : {}),
        ...(PARTS[kind] && !multiple ? { entries: PARTS[kind].map(named) } : {}),
      }),
    ),
    {
      name: 'parameters',
      type: 'Context',
      info: st('bpmn.parametersVariable'),
      entries: parameters.map(({ name, title }) => ({ name, info: title })),
    },
    {
      name: 'case',
      type: 'Context',
      info: st('bpmn.caseVariable'),
      entries: [
        named('key'),
        named('number'),
        { name: 'unit', type: 'Context', entries: [named('id'), named('name'), named('level')] },
      ],
    },
  ]
}

/** The module that offers them wherever FEEL is written. `known` is asked each time. */
export function variablesModule(known: () => readonly KnownVariable[]): DiagramModule {
  class PackageVariables extends VariableProvider {
    getVariables(element: Element): readonly KnownVariable[] | undefined {
      const { type } = element
      return type === 'bpmn:Process' || type === 'bpmn:Participant' ? known() : undefined
    }
  }
  return { __init__: ['packageVariables'], packageVariables: ['type', PackageVariables] } as DiagramModule
}
