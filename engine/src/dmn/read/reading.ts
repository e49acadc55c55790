import type { ModdleElement } from 'bpmn-moddle'
import { compileIn, type Expression, ExpressionMeter } from '../feel.ts'
import { isPlainName, namesOfFile, namesOfLogic, namesUsed } from './names.ts'
import { bodyOf, type Report, text } from './report.ts'
import { TypeReader } from './types.ts'

/** What the readers of one file share: where problems go, how expressions and types are read. */
export class Reading {
  readonly report: Report
  readonly types: TypeReader
  /** Names of the file, and those of the logic that is being read. */
  readonly #shared: readonly string[]
  #own: readonly string[] = []
  readonly #language: string | null
  readonly #meter: ExpressionMeter
  /** Texts that were compiled: the same cell in a thousand rows costs once. */
  readonly #metered = new Set<string>()
  #expressions: Expression[] = []
  #locals: string[] = []

  constructor(root: ModdleElement, report: Report) {
    this.report = report
    this.#shared = namesOfFile(root)
    this.#language = text(root.expressionLanguage)
    this.#meter = new ExpressionMeter((facts) => report('RESOURCE_TOO_LARGE', null, facts))
    this.types = new TypeReader(root, this)
  }

  /** Reads the logic of an element with the names it declares, and collects its expressions. */
  logicOf<T>(
    element: ModdleElement,
    read: () => T,
  ): { made: T; expressions: readonly Expression[]; locals: readonly string[] } {
    const [own, expressions, locals] = [this.#own, this.#expressions, this.#locals]
    this.#own = namesOfLogic(element)
    this.#expressions = []
    this.#locals = []
    const made = read()
    const collected = { made, expressions: this.#expressions, locals: this.#locals }
    this.#own = own
    this.#expressions = expressions
    this.#locals = locals
    return collected
  }

  /** Whether a text is a name and nothing else. */
  isName(text: string): boolean {
    return isPlainName(text) || this.#own.includes(text) || this.#shared.includes(text)
  }

  /** Notes a name that the logic gives a value to. */
  local(name: string): void {
    this.#locals.push(name)
  }

  /** Compiles the text of an element; null when it cannot be, which is reported at `holder`. */
  expression(
    source: ModdleElement | null,
    holder: ModdleElement,
    kind: 'feel' | 'tests' = 'feel',
    row: number | null = null,
  ): Expression | null {
    const language = (source && text(source.expressionLanguage)) ?? this.#language
    if (language !== null && !/feel/i.test(language)) {
      this.report('DECISION_INVALID', holder, { reason: 'language', found: language })
      return null
    }
    if (source?.importedValues) {
      this.report('ELEMENT_NOT_EXECUTED', holder, { type: 'dmn:ImportedValues' })
      return null
    }
    const body = bodyOf(source).trim()
    if (body === '') {
      this.report('EXPRESSION_MISSING', holder, { property: 'text' })
      return null
    }
    return this.compile(body, holder, kind, row)
  }

  /** Names that FEEL is told of, in one order: the same text with the same names is compiled once. */
  #namesIn(body: string): readonly string[] {
    const used = new Set([...namesUsed(this.#shared, body), ...namesUsed(this.#own, body)])
    return [...used].sort()
  }

  /** Compiles a text that stands in `holder`. */
  compile(body: string, holder: ModdleElement, kind: 'feel' | 'tests', row: number | null = null): Expression | null {
    const metered = `${kind} ${body}`
    if (!this.#metered.has(metered)) {
      if (!this.#meter.take(body)) return null
      this.#metered.add(metered)
    }
    const compiled = compileIn(this.#namesIn(body), kind, body)
    if ('expression' in compiled) {
      this.#expressions.push(compiled.expression)
      return compiled.expression
    }
    this.report('EXPRESSION_INVALID', holder, {
      expression: body.slice(0, 200),
      position: compiled.at + 1,
      message: compiled.error,
      ...(row === null ? {} : { row }),
    })
    return null
  }
}
