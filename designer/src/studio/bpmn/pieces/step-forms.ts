import { formIdOf, type StepAccess } from '@bihuan/engine'
import type { Element, ModdleElement } from 'bpmn-js/lib/model/Types'
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor'
import type { CommandStack, EventBus, ModelerServices, Modeling } from '../services.ts'
import { extensionOf, isType, objectOf } from './extension.ts'
import type { PiecesPackage } from './host.ts'

/** After the modeller has made the copy. */
const PASTED = 500

interface CreateContext {
  readonly context: { readonly shape: Element }
}
interface UpdateContext {
  readonly context: {
    readonly element: Element
    readonly properties: { readonly id?: string; readonly name?: string }
    readonly oldProperties?: { readonly id?: string; readonly name?: string }
  }
}

interface PasteContext {
  readonly descriptor: { readonly id: string; readonly type: string; readonly businessObject?: ModdleElement }
}

interface LabelContext {
  readonly context: { readonly element: Element; readonly newLabel?: string; readonly oldLabel?: string }
}

/**
 * Keeps steps and forms together, however a step comes into the drawing: a user task without a form gets one of its
 * own; a copy of a step gets its own form, and within a package the rights of the one it was copied from; a step whose
 * id changes keeps its rights. A stage that is called as its step is renamed with it.
 */
export class StepForms extends CommandInterceptor {
  static override readonly $inject = ['eventBus', 'modeling', 'bpmnFactory', 'commandStack', 'piecesPackage'] as never

  constructor(
    eventBus: EventBus,
    modeling: Modeling,
    bpmnFactory: ModelerServices['bpmnFactory'],
    commandStack: CommandStack,
    around: PiecesPackage,
  ) {
    super(eventBus as never)

    eventBus.on('copyPaste.pasteElement', PASTED, ({ descriptor: { id, type, businessObject } }: PasteContext) => {
      const { host } = around
      const form = type === 'bpmn:UserTask' ? extensionOf(businessObject, 'zeebe:FormDefinition') : undefined
      const holder = businessObject?.extensionElements
      if (host && holder && isFormElsewhere(String(form?.formId ?? ''), id, host.packageId()))
        holder.values = holder.values.filter((one: ModdleElement) => one !== form)
    })

    this.postExecuted('shape.create', ({ context: { shape } }: CreateContext) => {
      const { host } = around
      if (!host || !isType(shape, 'bpmn:UserTask')) return
      const bo = objectOf(shape)
      const own = formIdOf(host.packageId(), String(bo.id))
      const named = extensionOf(bo, 'zeebe:FormDefinition')
      if (named && named.formId === own) return
      const copied = named ? copiedFrom(String(named.formId ?? ''), host.packageId()) : null
      if (named && copied === null) return
      if (named) modeling.updateModdleProperties(shape, named, { formId: own })
      else addExtension(shape, bpmnFactory.create('zeebe:FormDefinition', { formId: own }))
      const cells = copied === null ? undefined : rowOf(copied)
      if (cells) commandStack.execute('pieces.dictionary', { patch: { cells: { [String(bo.id)]: cells } } })
    })

    this.postExecuted('element.updateProperties', ({ context }: UpdateContext) => {
      const { element, properties, oldProperties } = context
      const before = oldProperties?.id
      const after = properties.id
      if (before && after && before !== after && rowOf(before))
        commandStack.execute('pieces.dictionary', { patch: { rename: { [before]: after } } })
      if ('name' in properties) renameStage(element, oldProperties?.name, properties.name)
    })

    this.postExecuted('element.updateLabel', ({ context: { element, newLabel, oldLabel } }: LabelContext) => {
      renameStage(element, oldLabel, newLabel)
    })

    function renameStage(element: Element, before: string | undefined, after: string | undefined): void {
      const stage = extensionOf(objectOf(element), 'bihuan:Stage')
      if (stage && before && after && before !== after && stage.name === before)
        modeling.updateModdleProperties(element, stage, { name: after })
    }

    function rowOf(elementId: string): { readonly [fieldKey: string]: StepAccess } | undefined {
      return around.host?.dictionary().access[elementId]
    }

    function addExtension(shape: Element, extension: ModdleElement): void {
      const bo = objectOf(shape)
      const holder: ModdleElement = bo.extensionElements ?? bpmnFactory.create('bpmn:ExtensionElements', { values: [] })
      if (!bo.extensionElements) {
        holder.$parent = bo
        modeling.updateModdleProperties(shape, bo, { extensionElements: holder })
      }
      extension.$parent = holder
      modeling.updateModdleProperties(shape, holder, { values: [...(holder.values ?? []), extension] })
    }
  }
}

/**
 * Whether a form was generated in another package for the step that was copied there. Fields and rights of it are not
 * here: the copy would show the form of a package that may change or go.
 */
function isFormElsewhere(formId: string, copiedId: string, packageId: string): boolean {
  return formId !== '' && formId.endsWith(formIdOf('', copiedId)) && copiedFrom(formId, packageId) === null
}

/** The element that a generated form belongs to; null for a form of the department's own making. */
function copiedFrom(formId: string, packageId: string): string | null {
  const prefix = formIdOf(packageId, '')
  return formId.startsWith(prefix) && formId.length > prefix.length ? formId.slice(prefix.length) : null
}
