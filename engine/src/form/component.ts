import { RE2JS } from 're2js'
import { compileExpression, type Expression, ExpressionMeter } from '../feel/index.ts'
import type { ProblemCode } from '../problem/catalog.ts'
import type { Reason } from '../problem/facts.ts'
import type { Facts, Problem } from '../problem/problem.ts'
import type { Json } from '../record/json.ts'
import { parseDecimal } from './decimal.ts'
import type { FieldOption, FieldOptions, FieldRange, JsonObject } from './form.ts'
import { isObject, optionOf, own } from './json-object.ts'

const MAX_OPTIONS = 1_000

/** Collects the problems of one form. */
export class FormReport {
  readonly problems: Problem[] = []
  readonly #resource: string
  readonly meter = new ExpressionMeter((facts) => this.add('RESOURCE_TOO_LARGE', null, null, facts))

  constructor(resource: string) {
    this.#resource = resource
  }

  add(code: ProblemCode, elementId: string | null, elementName: string | null, facts: Facts): void {
    this.problems.push({ code, severity: 'error', resource: this.#resource, elementId, elementName, facts })
  }
}

/** A component of a form-js schema, read with every fault reported under its name. */
export class Component {
  readonly source: JsonObject
  readonly type: string
  /** `id`, else the place in the form. */
  readonly id: string
  /** Key, label or id: how people find it. */
  readonly name: string
  /** Paths that its expressions and templates read. */
  readonly reads: (readonly string[])[] = []
  readonly #report: FormReport

  constructor(source: JsonObject, place: string, report: FormReport) {
    this.source = source
    const type = own(source, 'type')
    this.type = typeof type === 'string' ? type : ''
    const id = own(source, 'id')
    this.id = typeof id === 'string' && id !== '' ? id : place
    this.name = this.text('key') ?? this.text('path') ?? this.text('label') ?? this.id
    this.#report = report
  }

  /** An entry by its path in the component. */
  value(...path: string[]): Json | undefined {
    let value: Json | undefined = this.source
    for (const name of path) value = isObject(value) ? own(value, name) : undefined
    return value
  }

  /** A text that is not empty, else null. */
  text(...path: string[]): string | null {
    const value = this.value(...path)
    return typeof value === 'string' && value !== '' ? value : null
  }

  /** Its label, where that is a plain text; else its name: what it is called where it is drawn. */
  get #shown(): string {
    const label = this.text('label')
    return label === null || label.startsWith('=') ? this.name : label
  }

  refuse(reason: Reason, found: string | null = null): void {
    this.#report.add('FORM_INVALID', this.id, this.#shown, {
      reason,
      field: this.#shown,
      key: this.name,
      ...(found === null ? {} : { found: found.slice(0, 100) }),
    })
  }

  missing(property: string): void {
    this.#report.add('EXPRESSION_MISSING', this.id, this.#shown, { property })
  }

  /** Compiles FEEL text, with or without the leading `=`. */
  feel(source: string, property: string): Expression | null {
    if (!this.#report.meter.take(source)) return null
    const compiled = compileExpression(source.replace(/^=/, ''))
    if ('expression' in compiled) {
      this.reads.push(...compiled.expression.reads)
      return compiled.expression
    }
    this.#report.add('EXPRESSION_INVALID', this.id, this.#shown, {
      property,
      expression: source.slice(0, 200),
      position: compiled.at + (source.startsWith('=') ? 2 : 1),
      message: compiled.error,
    })
    return null
  }

  /** The expression at a path; null when there is none or it cannot be read (reported). */
  expression(...path: string[]): Expression | null {
    const source = this.text(...path)
    return source === null ? null : this.feel(source, path.at(-1)!)
  }

  /** `validate.pattern`, when it can be matched in linear time; else refused. */
  pattern(): string | null {
    const pattern = this.text('validate', 'pattern')
    if (pattern === null) return null
    try {
      if (pattern.length > 1_000) throw new RangeError('too long')
      RE2JS.compile(pattern)
      return pattern
    } catch {
      this.refuse('pattern', pattern)
      return null
    }
  }

  /** Limits under `validate`, each a number, a decimal text or an expression. */
  range(of: FieldRange['of'], least: string, most: string, otherwise: number | null): FieldRange {
    const limit = (name: string): FieldRange['min'] => {
      const value = this.value('validate', name)
      if (value === undefined || value === null || value === '') return null
      if (typeof value === 'number' && Number.isFinite(value)) return value
      if (typeof value === 'string' && value.startsWith('='))
        return this.feel(value, of === 'number' ? name : least === name ? 'min' : 'max')
      if (typeof value === 'string' && parseDecimal(value)) return of === 'number' ? value : Number(value)
      this.refuse('limit', String(value))
      return null
    }
    return { of, min: limit(least), max: limit(most) ?? otherwise }
  }

  /** The options of a choice: `values`, `valuesKey` or `valuesExpression`; null when they cannot be used (reported). */
  options(many: boolean): FieldOptions | null {
    const expression = this.text('valuesExpression')
    if (expression !== null) {
      const compiled = this.feel(expression, 'valuesExpression')
      return compiled && { kind: 'expression', many, expression: compiled }
    }
    const key = this.text('valuesKey')
    if (key !== null) {
      const path = key.split('.')
      this.reads.push(path)
      return { kind: 'key', many, key: path }
    }
    const values = this.value('values')
    if (!Array.isArray(values) || values.length === 0 || values.length > MAX_OPTIONS) {
      this.refuse('noOptions')
      return null
    }
    const options = values.map(optionOf)
    const bad = options.indexOf(null)
    if (bad >= 0) {
      this.refuse('optionValue', JSON.stringify(values[bad]))
      return null
    }
    const known = options as FieldOption[]
    const twice = known.find((option, i) => known.findIndex((other) => other.value === option.value) < i)
    if (twice) {
      this.refuse('optionTwice', String(twice.value))
      return null
    }
    return { kind: 'static', many, values: known }
  }
}
