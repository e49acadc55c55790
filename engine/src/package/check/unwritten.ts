import type { Decision } from '../../dmn/decision.ts'
import type { Expression } from '../../feel/index.ts'
import type { FlowNode, ProcessDefinition } from '../../model/definition.ts'
import type { Problem } from '../../problem/problem.ts'
import type { JudgedPackage, JudgedProcess } from '../judged.ts'
import { Order } from './order.ts'
import { expressionsIn, type VariableUse } from './variables.ts'

type Parts = Omit<JudgedPackage, 'problems'>

const ALWAYS_THERE = ['case', 'parameters', 'loopCounter']
/** An expression that asks whether something is there may come before it. */
const ASKS = /\bnull\b|is defined|get or else/

/**
 * Variables that are read where nothing can have written them yet: by conditions, mappings, scripts, assignments, events
 * and the decisions that are asked there. Where anything unknown may write (a worker, another system) before, nothing is said.
 */
export function unwrittenReads(
  { processes, decisions }: Parts,
  use: VariableUse,
  fields: ReadonlySet<string>,
): Problem[] {
  const found = processes.flatMap((judged) => {
    const { process } = judged
    const order = new Order(process)
    const readings = [...readsOf(judged), ...decisionReads(judged, decisions)]
    return readings.flatMap(({ node, expressions, resource, elementId, elementName, own }) => {
      const known = new Set([...ALWAYS_THERE, ...own])
      const names = new Set(expressions.flatMap(variablesOf).filter((name) => !known.has(name)))
      return [...names]
        .filter((name) => !canBeWritten(name, node, process, { use, fields, order }))
        .map((variable): Problem => {
          const place = { resource, elementId, elementName }
          return { code: 'VARIABLE_NOT_WRITTEN', severity: 'warning', ...place, facts: { variable } }
        })
    })
  })
  // A decision that several steps ask is told of once.
  const told = new Map(found.map((one) => [JSON.stringify([one.resource, one.elementId, one.facts]), one]))
  return [...told.values()]
}

interface Reading {
  /** Where it is read. */
  readonly node: FlowNode
  readonly expressions: readonly Expression[]
  /** What is told of: the element and its file, or the decision and its own. */
  readonly resource: string
  readonly elementId: string
  readonly elementName: string
  /** What the element gives itself before it reads. */
  readonly own: readonly string[]
}

function readsOf({ process, resource }: JudgedProcess): Reading[] {
  const nodes = Object.values(process.nodes).map((node): Reading => {
    const { multiInstance, inputs, own } = node
    const given = [...inputs.map(({ target }) => target.split('.')[0] ?? ''), multiInstance?.inputElement ?? []].flat()
    // What is asked at the end of an element sees what the element made.
    const { completionCondition: _, outputElement: __, ...begun } = own as { [part: string]: unknown }
    const expressions = expressionsIn([multiInstance?.inputCollection ?? null, inputs, begun])
    return { node, expressions, resource, elementId: node.id, elementName: node.name ?? node.id, own: given }
  })
  const conditions = Object.values(process.flows).flatMap(({ id, name, condition, sourceId }): Reading[] => {
    const node = process.nodes[sourceId]
    if (!node || !condition) return []
    return [{ node, expressions: [condition], resource, elementId: id, elementName: name ?? node.name ?? id, own: [] }]
  })
  return [...nodes, ...conditions]
}

/** What the decisions of the package read where a step asks them, those that they require included. */
function decisionReads({ process }: JudgedProcess, decisions: Parts['decisions']): Reading[] {
  const byId = new Map(decisions.map((one) => [one.decision.id, one]))
  return Object.values(process.nodes).flatMap((node): Reading[] => {
    const asks = node.type === 'bpmn:BusinessRuleTask' && 'decisionId' in node.own
    const first = asks ? byId.get(node.own.decisionId) : undefined
    if (!first) return []
    const given = node.inputs.map(({ target }) => target.split('.')[0] ?? '')
    return [...withRequired(first.decision)].map((decision) => ({
      node,
      expressions: decision.expressions,
      resource: byId.get(decision.id)?.resource ?? first.resource,
      elementId: decision.id,
      elementName: decision.name,
      own: [
        ...given,
        ...decision.locals,
        ...decision.requires.map(({ resultName }) => resultName),
        ...decision.knowledge.map(({ name }) => name),
      ],
    }))
  })
}

function withRequired(decision: Decision, all = new Set<Decision>()): ReadonlySet<Decision> {
  if (all.has(decision)) return all
  all.add(decision)
  for (const one of decision.requires) withRequired(one, all)
  return all
}

/** Variables an expression needs. Inside a filter a name may be a member of what is filtered: such a one is left aside. */
function variablesOf({ source, reads }: Expression): string[] {
  if (source.includes('[') || ASKS.test(source)) return []
  return [...new Set(reads.flatMap(([name]) => name ?? []))]
}

function canBeWritten(
  name: string,
  node: FlowNode,
  process: ProcessDefinition,
  given: { readonly use: VariableUse; readonly fields: ReadonlySet<string>; readonly order: Order },
): boolean {
  const writers = [...(given.use.writers.get(name) ?? []), ...given.use.openNodes]
  // A field that no form holds is told of as such.
  if (writers.length === 0) return given.fields.has(name)
  return writers.some((one) => process.nodes[one.id] !== one || given.order.canPrecede(one, node))
}
