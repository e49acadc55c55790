import type { Connection, Element, ModdleElement, Shape } from 'bpmn-js/lib/model/Types'
import { extensionOf, objectOf } from '../pieces/extension.ts'
import { piecesOf } from '../pieces/index.ts'
import type { StudioModeler } from '../services.ts'

type Attributes = { readonly [name: string]: string | undefined }

/** Changes to the model as sentences make them. Each method is one step to undo; `together` joins several. */
export class SentenceEdit {
  private readonly modeler: StudioModeler

  constructor(modeler: StudioModeler) {
    this.modeler = modeler
  }

  /** Several changes as one. */
  together(change: () => void): void {
    piecesOf(this.modeler).together(change)
  }

  properties(element: Element, properties: object): void {
    this.modeler.get('modeling').updateProperties(element, properties)
  }

  rename(element: Element, name: string): void {
    this.properties(element, { name })
  }

  /** Sets attributes of an extension element, which is made when there is none; null takes it away. */
  extension(element: Element, type: string, attributes: Attributes | null): void {
    this.extensionAt(element, objectOf(element), type, attributes)
  }

  /** The same for an element that is not drawn itself: the process behind a pool. */
  extensionAt(element: Element, bo: ModdleElement, type: string, attributes: Attributes | null): void {
    const found = extensionOf(bo, type)
    if (attributes === null) {
      if (!found) return
      const values = (bo.extensionElements.values as ModdleElement[]).filter((one) => one !== found)
      this.moddle(element, bo.extensionElements, { values })
    } else if (found) this.moddle(element, found, attributes)
    else this.together(() => this.addExtension(element, bo, this.create(type, attributes)))
  }

  /** Sets the source of an input mapping; the mapping is made when there is none. */
  input(element: Element, target: string, source: string): void {
    const mapping = extensionOf(objectOf(element), 'zeebe:IoMapping')
    const found = inputsOf(element).find((one) => one.target === target)
    if (found) this.moddle(element, found, { source })
    else if (mapping) {
      const made = this.create('zeebe:Input', { source, target })
      made.$parent = mapping
      this.moddle(element, mapping, { inputParameters: [...(mapping.inputParameters ?? []), made] })
    }
  }

  header(element: Element, key: string, value: string): void {
    const bo = objectOf(element)
    const holder = extensionOf(bo, 'zeebe:TaskHeaders')
    const found = ((holder?.values ?? []) as ModdleElement[]).find((one) => one.key === key)
    if (found) this.moddle(element, found, { value })
    else
      this.together(() => {
        const header = this.create('zeebe:Header', { key, value })
        if (holder) {
          header.$parent = holder
          this.moddle(element, holder, { values: [...(holder.values ?? []), header] })
          return
        }
        const made = this.create('zeebe:TaskHeaders', {})
        made.values = [header]
        header.$parent = made
        this.addExtension(element, bo, made)
      })
  }

  /** Sets the condition of a flow; null takes it away. */
  condition(flow: Connection, text: string | null): void {
    const body = text === null ? undefined : this.formal(objectOf(flow), text)
    this.properties(flow, { conditionExpression: body })
  }

  /** Makes a flow the one for all other cases; its condition goes. */
  otherwise(flow: Connection): void {
    this.properties(flow.source as Shape, { default: objectOf(flow) })
  }

  /** Sets what a timer waits for: a length of time or a date. */
  timer(element: Element, definition: ModdleElement, kind: 'timeDuration' | 'timeDate', body: string): void {
    this.moddle(element, definition, {
      timeDate: undefined,
      timeDuration: undefined,
      timeCycle: undefined,
      [kind]: this.formal(definition, body),
    })
  }

  moddle(element: Element, target: ModdleElement, properties: object): void {
    this.modeler.get('modeling').updateModdleProperties(element, target, properties)
  }

  create(type: string, attributes: object): ModdleElement {
    return this.modeler.get('bpmnFactory').create(type, attributes)
  }

  private formal(parent: ModdleElement, body: string): ModdleElement {
    const made = this.create('bpmn:FormalExpression', { body })
    made.$parent = parent
    return made
  }

  private addExtension(element: Element, bo: ModdleElement, made: ModdleElement): void {
    let holder: ModdleElement | undefined = bo.extensionElements
    if (!holder) {
      holder = this.create('bpmn:ExtensionElements', { values: [] })
      holder.$parent = bo
      this.moddle(element, bo, { extensionElements: holder })
    }
    made.$parent = holder
    this.moddle(element, holder, { values: [...(holder.values ?? []), made] })
  }
}

/** Input mappings of an element. */
export const inputsOf = (element: Element): readonly ModdleElement[] =>
  extensionOf(objectOf(element), 'zeebe:IoMapping')?.inputParameters ?? []

export const inputOf = (element: Element, target: string): string | undefined =>
  inputsOf(element).find((one) => one.target === target)?.source

export const headerOf = (element: Element, key: string): string | undefined =>
  ((extensionOf(objectOf(element), 'zeebe:TaskHeaders')?.values ?? []) as ModdleElement[]).find(
    (one) => one.key === key,
  )?.value
