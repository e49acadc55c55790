import type { PlainElement } from './fragment.ts'

/** Extension elements and event definitions that pieces write, as plain data. */
export const userTask: PlainElement = { $type: 'zeebe:UserTask' }

export const form = (packageId: string, elementId: string): PlainElement => ({
  $type: 'zeebe:FormDefinition',
  formId: `${packageId}_${elementId}`,
})

export const stage = (name: string): PlainElement => ({ $type: 'bihuan:Stage', name })

/** Nobody yet when there are no groups: the panel of sentences asks for them. */
export const assignedTo = (candidateGroups: string | null): PlainElement[] =>
  candidateGroups ? [{ $type: 'zeebe:AssignmentDefinition', candidateGroups }] : []

export const assignee = (source: string): PlainElement => ({ $type: 'zeebe:AssignmentDefinition', assignee: source })

type Mappings = readonly (readonly [target: string, source: string])[]

export const mapping = (inputs: Mappings, outputs: Mappings = []): PlainElement => ({
  $type: 'zeebe:IoMapping',
  inputParameters: inputs.map(([target, source]) => ({ $type: 'zeebe:Input', source, target })),
  outputParameters: outputs.map(([target, source]) => ({ $type: 'zeebe:Output', source, target })),
})

export const job = (type: string): PlainElement => ({ $type: 'zeebe:TaskDefinition', type })

export const headers = (given: { readonly [key: string]: string }): PlainElement => ({
  $type: 'zeebe:TaskHeaders',
  values: Object.entries(given).map(([key, value]) => ({ $type: 'zeebe:Header', key, value })),
})

export const expression = (body: string): PlainElement => ({ $type: 'bpmn:FormalExpression', body })

/** A timer for a duration (`P3D`) or until a date. */
export const timer = (kind: 'timeDuration' | 'timeDate', body: string): PlainElement => ({
  $type: 'bpmn:TimerEventDefinition',
  [kind]: expression(body),
})

/** Text in quotes as FEEL reads it. */
export const feelText = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
