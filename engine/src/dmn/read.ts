import type { ModdleElement } from 'bpmn-moddle'
import { DmnModdle } from 'dmn-moddle'
import { compileExpression, compileUnaryTests, type Expression, ExpressionMeter } from '../feel/index.ts'
import type { ProblemCode } from '../problem/catalog.ts'
import type { Reason } from '../problem/facts.ts'
import type { Facts, Problem } from '../problem/problem.ts'
import { scanXml } from '../xml/index.ts'
import type { Decision, DecisionTable, HitPolicyName, LiteralDecision } from './decision.ts'
import { hitPolicyOf } from './hit-policy/all.ts'
import { readPriorities } from './priorities.ts'

/** The parser knows DMN 1.3; the other namespaces name the same elements as far as they are executed here. */
const DMN_13 = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
const DMN_OTHERS =
  /(xmlns(?::[\w.-]+)?\s*=\s*["'])(?:http:\/\/www\.omg\.org\/spec\/DMN\/(?:20151101\/dmn\.xsd|20180521\/MODEL\/)|https:\/\/www\.omg\.org\/spec\/DMN\/(?:20211108|20230324)\/MODEL\/)(?=["'])/g
const DMNDI_13 = 'https://www.omg.org/spec/DMN/20191111/DMNDI/'
const DMNDI_OTHERS =
  /(xmlns(?::[\w.-]+)?\s*=\s*["'])https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20180521|20211108|20230324)\/DMNDI\/(?=["'])/g
/** Warnings about the picture alone: shapes, edges, bounds. */
const DRAWING = /<(?:dmndi|di|dc|biodi)[:>]|dmndi:|DMNDiagram|DMNShape|DMNEdge/i

/** The text of a file of DMN 1.1 to 1.5 with the namespaces of DMN 1.3, the ones that parsers and editors know. */
export const inDmn13 = (xml: string): string =>
  xml.replace(DMN_OTHERS, `$1${DMN_13}`).replace(DMNDI_OTHERS, `$1${DMNDI_13}`)

/** DRG elements that say nothing about execution. */
const DOCUMENTATION = new Set(['dmn:InputData', 'dmn:KnowledgeSource', 'dmn:TextAnnotation', 'dmn:Association'])

/**
 * Reads a DMN file (1.1 to 1.5) into executable decisions. Decision tables and literal expressions are executed with the
 * decisions they require; anything else is refused by name. With an error among the problems, do not use the decisions.
 *
 * @param resource file name, for the problems
 */
export async function readDecisions(
  xml: string,
  resource: string,
): Promise<{ decisions: Decision[]; problems: Problem[] }> {
  const scanned = scanXml(xml, resource)
  if (scanned.length > 0) return { decisions: [], problems: scanned }
  const problems: Problem[] = []
  const report: Report = (code, element, facts = {}, severity = 'error') => {
    problems.push({
      code,
      severity,
      resource,
      elementId: element ? text(element.id) : null,
      elementName: element ? text(element.name) : null,
      facts,
    })
  }

  let root: ModdleElement
  try {
    const parsed = await new DmnModdle().fromXML(inDmn13(xml), 'dmn:Definitions')
    root = parsed.rootElement
    for (const warning of parsed.warnings) {
      const message = warning.message.split('\n')[0]!.trim()
      report('MODEL_WARNING', warning.element ?? null, { message }, DRAWING.test(warning.message) ? 'warning' : 'error')
    }
  } catch (error) {
    report('XML_UNREADABLE', null, { message: firstLine(error), line: null })
    return { decisions: [], problems }
  }

  const decisions = new Reader(root, report).decisions()
  return { decisions, problems }
}

type Report = (
  code: ProblemCode,
  element: ModdleElement | null,
  facts?: Facts & { readonly reason?: Reason },
  severity?: Problem['severity'],
) => void

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const many = (value: unknown): ModdleElement[] => (Array.isArray(value) ? (value as ModdleElement[]) : [])
const firstLine = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : '')
const bodyOf = (element: ModdleElement | undefined): string => (element ? (text(element.text) ?? '') : '')

class Reader {
  readonly #root: ModdleElement
  readonly #report: Report
  readonly #elements = new Map<string, ModdleElement>()
  readonly #meter = new ExpressionMeter((facts) => this.#report('RESOURCE_TOO_LARGE', null, facts))
  readonly #made = new Map<string, Decision | null>()

  constructor(root: ModdleElement, report: Report) {
    this.#root = root
    this.#report = report
  }

  decisions(): Decision[] {
    for (const element of many(this.#root.drgElement)) {
      const id = text(element.id)
      if (element.$type === 'dmn:Decision') {
        if (id === null) this.#report('DECISION_INVALID', element, { reason: 'noId' })
        else if (this.#elements.has(id)) this.#report('DUPLICATE_ID', element, { id })
        else this.#elements.set(id, element)
      } else if (!DOCUMENTATION.has(element.$type)) {
        this.#report('ELEMENT_NOT_EXECUTED', element, { type: element.$type })
      }
    }
    if (this.#elements.size === 0) this.#report('DECISION_INVALID', this.#root, { reason: 'noDecision' })
    return [...this.#elements.keys()].flatMap((id) => this.#decision(id, []) ?? [])
  }

  /** `above` are the decisions being read, to find a circle of requirements. */
  #decision(id: string, above: readonly string[]): Decision | null {
    const made = this.#made.get(id)
    if (made !== undefined) return made
    const element = this.#elements.get(id)!
    if (above.includes(id)) {
      this.#report('DECISION_INVALID', element, { reason: 'circle' })
      return null
    }
    const requires: Decision[] = []
    for (const requirement of many(element.informationRequirement)) {
      const required = requirement.requiredDecision as ModdleElement | undefined
      if (!required) continue
      const target = (text(required.href) ?? '').replace(/^#/, '')
      if (!this.#elements.has(target)) {
        this.#report('DANGLING_REFERENCE', element, { property: 'requiredDecision', id: target })
        continue
      }
      const decision = this.#decision(target, [...above, id])
      if (decision) requires.push(decision)
    }
    if (many(element.knowledgeRequirement).length > 0) {
      this.#report('ELEMENT_NOT_EXECUTED', element, { type: 'dmn:KnowledgeRequirement' })
    }
    const logic = this.#logic(element)
    const name = text(element.name) ?? id
    const decision: Decision | null = logic && {
      id,
      name,
      resultName: text((element.variable as ModdleElement | undefined)?.name) ?? (/\s/.test(name) ? id : name),
      drgId: text(this.#root.id) ?? 'definitions',
      drgName: text(this.#root.name) ?? text(this.#root.id) ?? 'definitions',
      logic,
      requires,
    }
    this.#made.set(id, decision)
    return decision
  }

  #logic(element: ModdleElement): DecisionTable | LiteralDecision | null {
    const logic = element.decisionLogic as ModdleElement | undefined
    if (!logic) {
      this.#report('DECISION_INVALID', element, { reason: 'noLogic' })
      return null
    }
    if (logic.$type === 'dmn:DecisionTable') return this.#table(logic, element)
    if (logic.$type === 'dmn:LiteralExpression') {
      const expression = this.#expression(logic, element, 'feel')
      return expression && { kind: 'literal', expression }
    }
    this.#report('ELEMENT_NOT_EXECUTED', element, { type: logic.$type })
    return null
  }

  #table(table: ModdleElement, decision: ModdleElement): DecisionTable | null {
    const hitPolicy: HitPolicyName | null = hitPolicyOf(text(table.hitPolicy), text(table.aggregation))
    if (!hitPolicy) {
      this.#report('DECISION_INVALID', decision, {
        reason: 'hitPolicy',
        found: `${text(table.hitPolicy)} ${text(table.aggregation) ?? ''}`.trim(),
      })
      return null
    }
    const inputs = many(table.input).map((input) => ({
      id: text(input.id) ?? '',
      label: text(input.label),
      expression: this.#expression(input.inputExpression as ModdleElement | undefined, input, 'feel'),
    }))
    const outputs = many(table.output).map((output) => ({
      id: text(output.id) ?? '',
      name: text(output.name) ?? text(output.id) ?? '',
      priorities: readPriorities(bodyOf(output.outputValues as ModdleElement | undefined)),
      fallback: output.defaultOutputEntry
        ? this.#expression(output.defaultOutputEntry as ModdleElement, output, 'feel')
        : null,
    }))
    if (outputs.length === 0) this.#report('DECISION_INVALID', decision, { reason: 'noOutput' })
    if (new Set(outputs.map((output) => output.name)).size < outputs.length)
      this.#report('DECISION_INVALID', decision, { reason: 'sameOutput' })
    if (hitPolicy.length === 2 && outputs.length > 1)
      this.#report('DECISION_INVALID', decision, { reason: 'aggregation' })
    if ((hitPolicy === 'P' || hitPolicy === 'O') && outputs.every((output) => output.priorities.length === 0)) {
      this.#report('DECISION_INVALID', decision, { reason: 'noPriorities' })
    }
    const rules = many(table.rule).map((rule, index) => {
      const tests = many(rule.inputEntry)
      const results = many(rule.outputEntry)
      if (tests.length !== inputs.length || results.length !== outputs.length) {
        this.#report('DECISION_INVALID', rule, { reason: 'columns', row: index + 1 })
      }
      return {
        id: text(rule.id) ?? `rule ${index + 1}`,
        tests: tests.map((cell) => (isAny(bodyOf(cell)) ? null : this.#expression(cell, rule, 'tests', index + 1))),
        results: results.map((cell) =>
          bodyOf(cell).trim() === '' ? null : this.#expression(cell, rule, 'feel', index + 1),
        ),
      }
    })
    // A column without an expression has been reported; the table is not used then.
    const complete = inputs.flatMap(({ expression, ...input }) => (expression ? [{ ...input, expression }] : []))
    return { kind: 'table', hitPolicy, inputs: complete, outputs, rules }
  }

  #expression(
    source: ModdleElement | undefined,
    holder: ModdleElement,
    kind: 'feel' | 'tests',
    row: number | null = null,
  ): Expression | null {
    const language = source ? text(source.expressionLanguage) : null
    if (language !== null && !/feel/i.test(language)) {
      this.#report('DECISION_INVALID', holder, { reason: 'language', found: language })
      return null
    }
    const body = bodyOf(source).trim()
    if (!this.#meter.take(body)) return null
    const compiled = kind === 'feel' ? compileExpression(body) : compileUnaryTests(body)
    if ('expression' in compiled) return compiled.expression
    if (body === '') this.#report('EXPRESSION_MISSING', holder, { property: 'text' })
    else
      this.#report('EXPRESSION_INVALID', holder, {
        expression: body.slice(0, 200),
        position: compiled.at + 1,
        message: compiled.error,
        ...(row === null ? {} : { row }),
      })
    return null
  }
}

const isAny = (cell: string): boolean => cell.trim() === '' || cell.trim() === '-'
