import { chainContexts, contextOf, type Expression, evaluate, type FeelContext } from '../feel/index.ts'
import { setEntry } from '../feel/json.ts'
import type { ProblemCode } from '../problem/catalog.ts'
import type { Facts, FieldError } from '../problem/problem.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Form, FormField, FormList, FormNode, JsonObject, Judgement, Validate } from './form.ts'
import { MAX_NESTING } from './hostile.ts'
import { isEmpty, isObject, own } from './json-object.ts'
import { shownTo } from './names.ts'
import { copy, isDeeper, placeAt, readAt, sameJson, valueAt } from './paths.ts'
import { MAX_ROWS } from './schema.ts'
import { settleUnanswered } from './unanswered.ts'
import { judgeValue } from './value.ts'

const MAX_ERRORS = 100

/**
 * Judges answers to a form against what is stored. The one place where a person's input becomes variables:
 *
 * 1. An entry the form has no field for is `FIELD_UNKNOWN`.
 * 2. A read-only, disabled or hidden field takes nothing: what is sent must be empty or equal to what is stored, or to
 *    what was shown of it (form-js submits read-only values), else `FIELD_NOT_WRITABLE`. Hidden fields are never required.
 * 3. A required field must be in the answers and not empty (`FIELD_REQUIRED`); a required tick must be ticked. A field
 *    that is not in the answers and not required leaves what is stored as it is; one sent empty is cleared. One that
 *    could have been answered and is stored nowhere yet, hidden ones among them, is null from here on.
 * 4. A value must have the type, form, limits and options of its field, as far as they hold now.
 * 5. Expression fields are computed here; what is sent for them is not read.
 * 6. `properties.check` must be true over answers and data once the fields it reads are sound.
 *
 * The variables are top-level: an object or list is whole, with what other steps stored in it. With an error they are
 * empty: nothing of a faulty submission may be stored.
 *
 * @param answers as submitted, `{path: value}` nested as form-js does
 * @param data the variables of the case
 * @param at time of the command (milliseconds since 1970 UTC)
 * @param validate a JSON Schema validator with patterns in linear time
 */
export function judgeAnswers(
  form: Form,
  answers: unknown,
  data: FeelContext,
  at: number,
  validate: Validate,
): Judgement {
  const errors: FieldError[] = []
  if (!isObject(answers))
    return { variables: {}, errors: [{ field: '', label: null, code: 'FIELD_TYPE', facts: { type: 'object' } }] }
  const deep = Object.keys(answers).find((name) => isDeeper(own(answers, name) ?? null, MAX_NESTING))
  if (deep !== undefined)
    return {
      variables: {},
      errors: [{ field: deep.slice(0, 200), label: null, code: 'FIELD_TYPE', facts: { type: 'object' } }],
    }
  const stored = (path: readonly string[]): Json | undefined => readAt(data, path)
  const variables: Variables = {}
  // A nested answer goes into what is stored around it.
  for (const node of form.nodes) {
    const head = node.path[0]!
    if (node.path.length > 1 && !Object.hasOwn(variables, head)) {
      const value = data.get(head)
      if (isObject(value)) setEntry(variables, head, copy(value))
    }
  }
  const before = copy(variables) as JsonObject
  new LevelJudge({
    nodes: form.nodes,
    answers,
    stored,
    out: variables,
    prefix: '',
    context: data,
    row: null,
    at,
    validate,
    errors,
  }).judge()
  if (errors.length > 0) return { variables: {}, errors: errors.slice(0, MAX_ERRORS) }
  settleUnanswered(form, variables, data)
  for (const name of Object.keys(before)) if (sameJson(variables[name], before[name])) delete variables[name]
  return { variables, errors: [] }
}

interface LevelInput {
  readonly nodes: readonly FormNode[]
  readonly answers: JsonObject
  readonly stored: (path: readonly string[]) => Json | undefined
  /** Where accepted values go. */
  readonly out: JsonObject
  readonly prefix: string
  /** What the expressions of the level read beside the answers. */
  readonly context: FeelContext
  /** The row's place in its list and the values around it; null at the top. */
  readonly row: { readonly index: number; readonly parent: JsonObject } | null
  readonly at: number
  readonly validate: Validate
  readonly errors: FieldError[]
}

/** Judges one level: the answers at the top, or one row of a list. */
class LevelJudge {
  readonly #in: LevelInput
  /** Answers laid over what is stored, expression fields computed: what the expressions of this level read. */
  readonly #seen: JsonObject = {}
  readonly #faulty = new Set<string>()

  constructor(input: LevelInput) {
    this.#in = input
  }

  judge(): void {
    const { nodes, answers, stored } = this.#in
    this.#refuseUnknown(answers, [])
    for (const { path } of nodes) {
      const sent = valueAt(answers, path)
      const value = sent === undefined ? stored(path) : sent
      if (value !== undefined) placeAt(this.#seen, path, copy(value))
    }
    for (const node of nodes) if (node.kind === 'field' && node.computed) this.#compute(node)
    for (const node of nodes) {
      if (node.kind === 'list') this.#list(node)
      else if (!node.computed) this.#field(node)
    }
    for (const node of nodes) if (node.kind === 'field') this.#check(node)
  }

  get #context(): FeelContext {
    const { context, row } = this.#in
    const own = contextOf(this.#seen)
    if (!row) return chainContexts(own, context)
    const place: FeelContext = {
      get: (name) =>
        name === 'this' ? this.#seen : name === 'parent' ? row.parent : name === 'i' ? row.index + 1 : undefined,
    }
    return chainContexts(own, place, context)
  }

  #value(expression: Expression): Json | undefined {
    const result = evaluate(expression, this.#context, this.#in.at)
    return result.ok ? result.value : undefined
  }

  #isHidden(node: FormNode): boolean {
    return node.hides.some((hide) => this.#value(hide) === true)
  }

  #isReadonly(field: FormField): boolean {
    return typeof field.readonly === 'boolean' ? field.readonly : this.#value(field.readonly) === true
  }

  /** `at` is the place inside the value of a field: `[2].amount`. */
  #error(node: FormNode, code: ProblemCode, facts: Facts = {}, at = ''): void {
    this.#faulty.add(node.path[0]!)
    this.#in.errors.push({ field: this.#in.prefix + node.path.join('.') + at, label: node.label, code, facts })
  }

  #refuseUnknown(value: JsonObject, path: readonly string[]): void {
    for (const name of Object.keys(value)) {
      const here = [...path, name]
      const exact = this.#in.nodes.some(
        (node) => node.path.length === here.length && here.every((part, i) => node.path[i] === part),
      )
      if (exact) continue
      const within = this.#in.nodes.some(
        (node) => node.path.length > here.length && here.every((part, i) => node.path[i] === part),
      )
      const inner = own(value, name)
      if (within && isObject(inner)) this.#refuseUnknown(inner, here)
      else if (within && isEmpty(inner)) continue
      else
        this.#in.errors.push({
          field: (this.#in.prefix + here.join('.')).slice(0, 200),
          label: null,
          code: within ? 'FIELD_TYPE' : 'FIELD_UNKNOWN',
          facts: within ? { type: 'object' } : {},
        })
    }
  }

  #compute(field: FormField): void {
    if (this.#isHidden(field)) return
    const value = this.#value(field.computed!) ?? null
    placeAt(this.#seen, field.path, value)
    placeAt(this.#in.out, field.path, value)
  }

  /** What is sent where nothing may be written: dropped when it changes nothing, else refused. */
  #untouched(node: FormNode, empty: Json): void {
    const sent = valueAt(this.#in.answers, node.path)
    const kept = this.#in.stored(node.path)
    const silent =
      sent === undefined ||
      sent === false ||
      isEmpty(sent) ||
      sameJson(sent, kept) ||
      sameJson(sent, empty) ||
      (kept !== undefined && sameJson(sent, shownTo(node, kept)))
    if (!silent) this.#error(node, 'FIELD_NOT_WRITABLE')
    // A row is written anew: what it held is written again.
    if (this.#in.row && kept !== undefined) placeAt(this.#in.out, node.path, copy(kept))
  }

  #field(field: FormField): void {
    const hidden = this.#isHidden(field)
    if (hidden || this.#isReadonly(field)) {
      this.#untouched(field, field.empty)
      return
    }
    const sent = valueAt(this.#in.answers, field.path)
    if (isEmpty(sent) || (field.expects === 'boolean' && sent === false)) {
      if (field.required) this.#error(field, 'FIELD_REQUIRED')
      else if (sent !== undefined || this.#in.row) placeAt(this.#in.out, field.path, copy(field.empty))
      return
    }
    const faults = judgeValue(
      field,
      sent!,
      (expression) => this.#value(expression),
      (path) => readAt(this.#context, path),
      this.#in.at,
      this.#in.validate,
    )
    for (const fault of faults) this.#error(field, fault.code, fault.facts, fault.at)
    if (faults.length === 0) placeAt(this.#in.out, field.path, copy(sent))
  }

  #list(list: FormList): void {
    if (this.#isHidden(list)) {
      this.#untouched(list, [])
      return
    }
    const sent = valueAt(this.#in.answers, list.path)
    if (sent === undefined && !this.#in.row) {
      if (
        list.children.some((child) => child.kind === 'field' && child.required) &&
        list.rows > 0 &&
        isEmpty(this.#in.stored(list.path))
      )
        this.#error(list, 'FIELD_REQUIRED')
      return
    }
    const rows = isEmpty(sent) ? [] : sent
    if (!Array.isArray(rows) || !rows.every(isObject)) {
      this.#error(list, 'FIELD_TYPE', { type: 'rows' })
      return
    }
    const kept = this.#in.stored(list.path)
    const keptRows = Array.isArray(kept) ? kept : []
    const fixed = list.open ? null : keptRows.length > 0 ? keptRows.length : list.rows
    if (rows.length > MAX_ROWS || (fixed !== null && rows.length !== fixed)) {
      this.#error(list, 'FIELD_OUT_OF_RANGE', { of: 'rows', min: fixed, max: fixed ?? MAX_ROWS })
      return
    }
    const context = this.#context
    const free = new Set(keptRows)
    const given = list.children.filter((child) => child.kind === 'field' && child.readonly === true)
    const out = rows.map((answers, index) => {
      // Rows that cannot be added or removed stay in their places and keep what other steps wrote into them. In an open
      // list a row is known again by its read-only values, since rows may have been taken out before it.
      const known =
        list.open && given.length > 0
          ? [...free].find((one) => given.every(({ path }) => sameJson(valueAt(one, path), valueAt(answers, path))))
          : undefined
      if (known !== undefined) free.delete(known)
      // Once a row has been found again, another answer with the same values is a new row.
      const keptRow = known ?? (list.open && given.length > 0 ? undefined : keptRows[index])
      const kept = list.open ? known : keptRow
      const row = copy(isObject(kept) ? kept : {}) as JsonObject
      const name = `${this.#in.prefix}${list.path.join('.')}[${index}].`
      new LevelJudge({
        ...this.#in,
        nodes: list.children,
        answers,
        stored: (path) => valueAt(keptRow, path),
        out: row,
        prefix: name,
        context,
        row: { index, parent: this.#seen },
      }).judge()
      return row
    })
    placeAt(this.#in.out, list.path, out)
  }

  #check(field: FormField): void {
    if (
      !field.check ||
      field.check.names.some((name) => this.#faulty.has(name)) ||
      this.#faulty.has(field.path[0]!) ||
      this.#isHidden(field)
    )
      return
    if (this.#value(field.check) !== true) this.#error(field, 'FIELD_CHECK_FAILED', { message: field.checkMessage })
  }
}
