import { compileExpression, type Expression } from '../feel/index.ts'
import type { Reason } from '../problem/facts.ts'
import type { Problem } from '../problem/problem.ts'
import type { Json } from '../record/json.ts'
import { Component, FormReport } from './component.ts'
import { costlyComponents } from './costly.ts'
import { fieldTypes, layoutTypes } from './field/all.ts'
import { isName, isReserved } from './field-name.ts'
import type { Form, FormField, FormList, FormNode } from './form.ts'
import { hostileName, MAX_NESTING } from './hostile.ts'
import { isObject, own } from './json-object.ts'
import { Level } from './level.ts'

const SCHEMA_VERSIONS = { least: 1, most: 19 } as const
const MAX_COMPONENTS = 500
const MAX_DEPTH = 10
const BUTTON_ACTIONS = new Set(['submit', 'reset'])

/**
 * Reads a form-js form (schemaVersion up to 19) into the rules the server judges answers by. Field types without a file
 * in `field/` are refused by name; so are patterns that are not linear, keys that FEEL cannot name or that every object
 * has (`constructor`), two fields with one key, references to other schemas, and expressions that would hold up a
 * browser (`costly.ts`). With an error, `form` is null.
 *
 * @param schema the parsed JSON of a `*.form` file
 * @param resource file name, for the problems
 */
export function readForm(schema: unknown, resource: string): { form: Form | null; problems: Problem[] } {
  const report = new FormReport(resource)
  const refuse = (reason: Reason, found: string | null = null) => {
    report.add('FORM_INVALID', null, null, { reason, ...(found === null ? {} : { found }) })
    return { form: null, problems: report.problems }
  }
  if (!isObject(schema)) return refuse('notJson')
  const hostile = hostileName(schema, 0)
  if (hostile === 'too deep') {
    report.add('RESOURCE_TOO_LARGE', null, null, { what: 'nesting', found: MAX_NESTING + 1, limit: MAX_NESTING })
    return { form: null, problems: report.problems }
  }
  if (hostile !== null) return refuse(hostile === '$ref' ? 'reference' : 'keyInvalid', hostile)
  const id = own(schema, 'id')
  const version = own(schema, 'schemaVersion') ?? 1
  const components = own(schema, 'components')
  if ((own(schema, 'type') ?? 'default') !== 'default') return refuse('notForm')
  if (typeof version !== 'number' || version < SCHEMA_VERSIONS.least || version > SCHEMA_VERSIONS.most)
    return refuse('schemaVersion', String(version))
  if (typeof id !== 'string' || id === '') return refuse('noFormId')
  if (!Array.isArray(components)) return refuse('noComponents')

  const reader = new Reader(report)
  const nodes = reader.level(components, 'components', [], [], '', new Level(), 0)
  const refused = new Set(report.problems.map(({ facts }) => facts.key))
  for (const { id: componentId, name, label, reason, found } of costlyComponents(schema))
    if (!refused.has(name))
      report.add('FORM_INVALID', componentId, label ?? name, { reason, field: label ?? name, key: name, found })
  if (report.problems.length > 0) return { form: null, problems: report.problems }
  const properties = own(schema, 'properties')
  const title = isObject(properties) ? own(properties, 'title') : null
  return {
    form: {
      id,
      title: typeof title === 'string' && title !== '' ? title : null,
      schema,
      nodes,
      fields: fieldsOf(nodes),
      reads: reader.reads,
    },
    problems: [],
  }
}

const fieldsOf = (nodes: readonly FormNode[]): FormField[] =>
  nodes.flatMap((node) => (node.kind === 'field' ? [node] : fieldsOf(node.children)))

class Reader {
  readonly reads: (readonly string[])[] = []
  readonly #report: FormReport
  #count = 0

  constructor(report: FormReport) {
    this.#report = report
  }

  /** Components of one level. `base` is the path of the groups around them, `prefix` the name of the list they stand in. */
  level(
    components: readonly Json[],
    place: string,
    base: readonly string[],
    hides: readonly Expression[],
    prefix: string,
    level: Level,
    depth: number,
  ): FormNode[] {
    return components.flatMap((source, index) => {
      const here = `${place}[${index}]`
      this.#count += 1
      if (this.#count > MAX_COMPONENTS || depth > MAX_DEPTH) {
        if (this.#count === MAX_COMPONENTS + 1 || depth === MAX_DEPTH + 1) {
          const fields = this.#count > MAX_COMPONENTS
          this.#report.add('RESOURCE_TOO_LARGE', null, null, {
            what: fields ? 'fields' : 'nesting',
            found: fields ? this.#count : depth,
            limit: fields ? MAX_COMPONENTS : MAX_DEPTH,
          })
        }
        return []
      }
      if (!isObject(source)) {
        this.#report.add('FORM_INVALID', here, null, { reason: 'notAComponent', field: here })
        return []
      }
      const component = new Component(source, here, this.#report)
      const nodes = this.#component(component, here, base, hides, prefix, level, depth)
      this.reads.push(...component.reads)
      return nodes
    })
  }

  #component(
    component: Component,
    place: string,
    base: readonly string[],
    outer: readonly Expression[],
    prefix: string,
    level: Level,
    depth: number,
  ): FormNode[] {
    const hide = component.expression('conditional', 'hide')
    const hides = hide ? [...outer, hide] : outer
    const children = component.value('components')
    if (component.type === 'group') {
      const path = component.text('path') === null ? base : this.#path(component, 'path', base)
      if (!path) return []
      return this.level(
        Array.isArray(children) ? children : [],
        `${place}.components`,
        path,
        hides,
        prefix,
        level,
        depth + 1,
      )
    }
    if (component.type === 'dynamiclist') {
      const list = this.#list(component, base, hides, prefix, level)
      if (!list) return []
      const before = this.reads.length
      const inner = this.level(
        Array.isArray(children) ? children : [],
        `${place}.components`,
        [],
        [],
        `${list.name}[].`,
        new Level(),
        depth + 1,
      )
      this.#leaveRow(before, inner)
      return [{ ...list, children: inner }]
    }
    if (layoutTypes.has(component.type)) {
      this.#layout(component)
      return []
    }
    const type = fieldTypes.get(component.type)
    if (!type) {
      component.refuse('typeNotSupported', component.type)
      return []
    }
    const path = this.#take(component, 'key', base, level)
    const rules = type.read(component)
    if (!path || !rules) return []
    const readonly = component.value('readonly')
    const check = component.expression('properties', 'check')
    const checkMessage = component.text('properties', 'checkMessage')
    if (check && checkMessage === null) component.refuse('checkMessage')
    const field: FormField = {
      kind: 'field',
      id: component.id,
      type: component.type,
      label: rules.label === undefined ? component.text('label') : rules.label,
      hides,
      path,
      name: prefix + path.join('.'),
      required: component.value('validate', 'required') === true,
      readonly:
        component.value('disabled') === true ||
        readonly === true ||
        rules.computed != null ||
        (typeof readonly === 'string' && (component.feel(readonly, 'readonly') ?? false)),
      valueSchema: rules.valueSchema,
      expects: rules.expects,
      empty: rules.empty,
      options: rules.options ?? null,
      range: rules.range ?? null,
      decimals: rules.decimals ?? null,
      unit: rules.unit ?? null,
      columns: rules.columns ?? null,
      papers: rules.papers ?? null,
      accept: rules.accept ?? null,
      directory: rules.directory ?? null,
      attendance: rules.attendance ?? null,
      computed: rules.computed ?? null,
      check,
      checkMessage,
      patternMessage: rules.patternMessage ?? null,
    }
    this.#templates(component, ['label', 'description'])
    return [field]
  }

  #list(
    component: Component,
    base: readonly string[],
    hides: readonly Expression[],
    prefix: string,
    level: Level,
  ): FormList | null {
    const path = this.#take(component, 'path', base, level)
    if (!path) return null
    const rows = component.value('defaultRepetitions')
    return {
      kind: 'list',
      id: component.id,
      type: component.type,
      label: component.text('label'),
      hides,
      path,
      name: prefix + path.join('.'),
      children: [],
      open: component.value('allowAddRemove') !== false,
      rows: typeof rows === 'number' && Number.isInteger(rows) && rows >= 0 ? rows : 1,
    }
  }

  /** What was read inside a row is the row's own, except what reaches beyond it. */
  #leaveRow(before: number, row: readonly FormNode[]): void {
    const own = new Set(['this', 'i', ...row.map((node) => node.path[0]!)])
    const outer = this.reads
      .splice(before)
      .flatMap((path) => (path[0] === 'parent' ? [path.slice(1)] : own.has(path[0]!) ? [] : [path]))
    this.reads.push(...outer.filter((path) => path.length > 0))
  }

  #layout(component: Component): void {
    if (component.type === 'text') this.#templates(component, ['text'])
    if (component.type === 'button') {
      const action = component.text('action') ?? 'submit'
      if (!BUTTON_ACTIONS.has(action)) component.refuse('action', action)
    }
    if (component.type === 'table') {
      if (component.text('columnsExpression') !== null)
        component.feel(component.text('columnsExpression')!, 'valuesExpression')
      const source = component.text('dataSource')
      if (source !== null) component.feel(source, 'valuesExpression')
    }
  }

  /** What `=…` and `{{…}}` in shown texts read. form-js shows nothing for a template it cannot read, so none is refused. */
  #templates(component: Component, properties: readonly string[]): void {
    for (const property of properties) {
      const text = component.text(property)
      if (text === null) continue
      const parts = text.startsWith('=')
        ? [text.slice(1)]
        : [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map((match) =>
            match[1]!.replace(/^\s*(#if|#loop|\/if|\/loop)\s*/, ''),
          )
      for (const part of parts) {
        if (!this.#report.meter.take(part)) return
        const compiled = compileExpression(part)
        if ('expression' in compiled) component.reads.push(...compiled.expression.reads)
      }
    }
  }

  #take(
    component: Component,
    property: 'key' | 'path',
    base: readonly string[],
    level: Level,
  ): readonly string[] | null {
    const path = this.#path(component, property, base)
    if (!path) return null
    const clash = level.take(path)
    if (clash) component.refuse(clash, path.join('.'))
    return clash ? null : path
  }

  #path(component: Component, property: 'key' | 'path', base: readonly string[]): readonly string[] | null {
    const text = component.text(property)
    if (text === null) {
      component.refuse('noKey')
      return null
    }
    const path = text.split('.')
    if (!path.every(isName) || (base.length === 0 && isReserved(path[0]!)) || path.length > MAX_DEPTH) {
      component.refuse(property === 'key' ? 'keyInvalid' : 'path', text)
      return null
    }
    return [...base, ...path]
  }
}
