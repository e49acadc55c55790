import type { ModdleElement } from 'bpmn-moddle'
import type { Decision, DecisionService, InputData, Knowledge } from '../decision.ts'
import type { Drg } from '../requirements.ts'
import { readFunction, readLogic } from './boxed.ts'
import { Reading } from './reading.ts'
import { many, one, type Report, text } from './report.ts'

/** Decisions that require each other stand at most so many above each other. */
const MAX_HEIGHT = 200

/** DRG elements that are executed; knowledge sources and drawings are documentation (DMN 1.5 §6.3.12). */
const EXECUTED = ['dmn:Decision', 'dmn:InputData', 'dmn:BusinessKnowledgeModel', 'dmn:DecisionService']
const DOCUMENTATION = ['dmn:KnowledgeSource', 'dmn:TextAnnotation', 'dmn:Association', 'dmn:Group']
/** What a decision service is made of. */
const SERVED = ['outputDecision', 'encapsulatedDecision', 'inputDecision', 'inputData'] as const

/** Reads the decision requirements graph of a file: each element once, with what it requires inside it. */
export class GraphReader {
  readonly #root: ModdleElement
  readonly #report: Report
  readonly #reading: Reading
  readonly #elements = new Map<string, ModdleElement>()
  readonly #decisions = new Map<string, Decision | null>()
  readonly #heights = new Map<string, number>()
  readonly #knowledge = new Map<string, Knowledge | null>()
  readonly #data = new Map<string, InputData>()

  constructor(root: ModdleElement, report: Report) {
    this.#root = root
    this.#report = report
    this.#reading = new Reading(root, report)
  }

  /** Decisions and decision services in the order of the file. */
  decisions(): Decision[] {
    for (const element of many(this.#root.import)) this.#report('ELEMENT_NOT_EXECUTED', element, { type: 'dmn:Import' })
    this.#reading.types.all()
    for (const element of many(this.#root.drgElement)) this.#take(element)
    const ids = [...this.#elements.keys()]
    const asked = ids.filter((id) => this.#is(id, 'dmn:Decision') || this.#is(id, 'dmn:DecisionService'))
    if (!asked.some((id) => this.#is(id, 'dmn:Decision'))) {
      this.#report('DECISION_INVALID', this.#root, { reason: 'noDecision' })
    }
    const decisions = asked.flatMap((id) => this.#decision(id, []) ?? [])
    // What nothing requires is judged too.
    for (const id of ids) if (this.#is(id, 'dmn:BusinessKnowledgeModel')) this.#model(id, [])
    return decisions
  }

  /** What there is and what it requires, of an element that has a fault too. */
  drg(): Drg {
    return new Map(
      [...this.#elements].map(([id, element]) => [
        id,
        { isDecision: this.#is(id, 'dmn:Decision'), requires: referencesOf(element).map(idOf) },
      ]),
    )
  }

  #take(element: ModdleElement): void {
    if (DOCUMENTATION.includes(element.$type)) return
    if (!EXECUTED.includes(element.$type)) {
      this.#report('ELEMENT_NOT_EXECUTED', element, { type: element.$type })
      return
    }
    const id = text(element.id)
    if (id === null) {
      if (element.$type !== 'dmn:InputData') this.#report('DECISION_INVALID', element, { reason: 'noId' })
    } else if (this.#elements.has(id)) this.#report('DUPLICATE_ID', element, { id })
    else this.#elements.set(id, element)
  }

  #is = (id: string, type: string): boolean => this.#elements.get(id)?.$type === type

  /** `above` are the elements being read, to find a circle of requirements. */
  #decision(id: string, above: readonly string[]): Decision | null {
    const made = this.#decisions.get(id)
    if (made !== undefined) return made
    const element = this.#elements.get(id)!
    if (above.includes(id)) {
      this.#report('DECISION_INVALID', element, { reason: 'circle' })
      return null
    }
    const inside = [...above, id]
    const decision =
      above.length >= MAX_HEIGHT
        ? this.#tooHigh(element)
        : element.$type === 'dmn:DecisionService'
          ? this.#service(element, id, inside)
          : this.#plain(element, id, inside)
    const height = 1 + Math.max(0, ...(decision?.requires ?? []).map((one) => this.#heights.get(one.id) ?? 0))
    this.#heights.set(id, height)
    const kept = decision !== null && height > MAX_HEIGHT ? this.#tooHigh(element) : decision
    this.#decisions.set(id, kept)
    return kept
  }

  #tooHigh(element: ModdleElement): null {
    this.#report('DECISION_INVALID', element, { reason: 'tooHigh', found: MAX_HEIGHT })
    return null
  }

  #plain(element: ModdleElement, id: string, inside: readonly string[]): Decision | null {
    const requirements = many(element.informationRequirement)
    const requires = requirements.flatMap((requirement) =>
      this.#required(requirement.requiredDecision, element, 'requiredDecision', ['dmn:Decision'], (target) =>
        this.#decision(target, inside),
      ),
    )
    const data = requirements.flatMap((requirement) =>
      this.#required(requirement.requiredInput, element, 'requiredInput', ['dmn:InputData'], (target) =>
        this.#input(target),
      ),
    )
    const knowledge = this.#knowledgeOf(element, inside)
    const read = this.#reading.logicOf(element, () => readLogic(one(element.decisionLogic), element, this.#reading))
    if (!read.made) return null
    const type = this.#reading.types.of(one(element.variable), element)
    return {
      ...this.#named(element, id),
      logic: read.made,
      type,
      requires,
      data,
      knowledge,
      expressions: read.expressions,
      locals: [...read.locals, ...knowledge.flatMap((one) => [one.name, one.id])],
    }
  }

  #service(element: ModdleElement, id: string, inside: readonly string[]): Decision | null {
    const refs = (property: 'outputDecision' | 'encapsulatedDecision' | 'inputDecision') =>
      many(element[property]).flatMap((reference) =>
        this.#required(reference, element, property, ['dmn:Decision'], (target) => this.#decision(target, inside)),
      )
    const [outputs, given] = [refs('outputDecision'), refs('inputDecision')]
    refs('encapsulatedDecision')
    const data = many(element.inputData).flatMap((reference) =>
      this.#required(reference, element, 'inputData', ['dmn:InputData'], (target) => this.#input(target)),
    )
    if (many(element.outputDecision).length === 0) {
      this.#report('DECISION_INVALID', element, { reason: 'noOutputDecision' })
      return null
    }
    const logic: DecisionService = { kind: 'service', outputs, data, given }
    const type = this.#reading.types.of(one(element.variable), element)
    const result = type?.kind === 'function' ? type.result : type
    const named = this.#named(element, id)
    return { ...named, logic, type: result, requires: outputs, data, knowledge: [], expressions: [], locals: [] }
  }

  #named(element: ModdleElement, id: string) {
    const name = text(element.name) ?? id
    return {
      id,
      name,
      resultName: text(one(element.variable)?.name) ?? (/\s/.test(name) ? id : name),
      drgId: text(this.#root.id) ?? 'definitions',
      drgName: text(this.#root.name) ?? text(this.#root.id) ?? 'definitions',
    }
  }

  #knowledgeOf(element: ModdleElement, inside: readonly string[]): Knowledge[] {
    return many(element.knowledgeRequirement).flatMap((requirement) =>
      this.#required(
        requirement.requiredKnowledge,
        element,
        'requiredKnowledge',
        ['dmn:BusinessKnowledgeModel', 'dmn:DecisionService'],
        (target) =>
          this.#is(target, 'dmn:DecisionService')
            ? this.#serviceAsFunction(target, inside)
            : this.#model(target, inside),
      ),
    )
  }

  #serviceAsFunction(id: string, inside: readonly string[]): Knowledge | null {
    const service = this.#decision(id, inside)
    if (service?.logic.kind !== 'service') return null
    const { logic, name, type } = service
    const given = logic.given.map((decision) => ({ name: decision.resultName, type: decision.type }))
    return { id, name, parameters: [...logic.data, ...given], body: logic, type, knowledge: [] }
  }

  /** A model is kept before what it requires is read: functions may call themselves and each other. */
  #model(id: string, inside: readonly string[]): Knowledge | null {
    const made = this.#knowledge.get(id)
    if (made !== undefined) return made
    const element = this.#elements.get(id)!
    const logic = one(element.encapsulatedLogic)
    if (!logic) {
      this.#report('DECISION_INVALID', element, { reason: 'noLogic' })
      this.#knowledge.set(id, null)
      return null
    }
    const typeOf = (of: ModdleElement | null) => this.#reading.types.of(of, element)
    const { made: body } = this.#reading.logicOf(element, () =>
      readFunction(logic, typeOf(logic), element, this.#reading),
    )
    if (!body) {
      this.#knowledge.set(id, null)
      return null
    }
    const knowledge: Knowledge[] = []
    const type = typeOf(one(element.variable))
    const model: Knowledge = {
      id,
      name: text(one(element.variable)?.name) ?? text(element.name) ?? id,
      parameters: body.parameters,
      body: body.body,
      type: (type?.kind === 'function' ? type.result : type) ?? body.result,
      knowledge,
    }
    this.#knowledge.set(id, model)
    if (inside.length >= MAX_HEIGHT) this.#tooHigh(element)
    else knowledge.push(...this.#knowledgeOf(element, [...inside, id]))
    return model
  }

  #input(id: string): InputData {
    const made = this.#data.get(id)
    if (made) return made
    const element = this.#elements.get(id)!
    const variable = one(element.variable)
    const name = text(variable?.name) ?? text(element.name) ?? id
    const data = { id, name, type: this.#reading.types.of(variable, element) }
    this.#data.set(id, data)
    return data
  }

  /** What a reference leads to, when it leads to an element of these types. */
  #required<T>(
    reference: unknown,
    holder: ModdleElement,
    property: string,
    types: readonly string[],
    read: (id: string) => T | null,
  ): T[] {
    const element = one(reference)
    if (!element) return []
    const id = idOf(element)
    if (!types.some((type) => this.#is(id, type))) {
      this.#report('DANGLING_REFERENCE', holder, { property, id })
      return []
    }
    const found = read(id)
    return found === null ? [] : [found]
  }
}

/** Where an element says what must be evaluated for it; who is answerable for it (an authority) need not be. */
function referencesOf(element: ModdleElement): ModdleElement[] {
  const requirements = [...many(element.informationRequirement), ...many(element.knowledgeRequirement)]
  return [
    ...requirements.flatMap((each) => [each.requiredDecision, each.requiredInput, each.requiredKnowledge]),
    ...SERVED.flatMap((property) => many(element[property])),
  ].flatMap((reference) => one(reference) ?? [])
}

/** Id of the element a reference leads to. */
const idOf = (reference: ModdleElement): string => (text(reference.href) ?? '').replace(/^#/, '')
