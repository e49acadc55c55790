import { FormEditor as Editor, editorHooks, editorPreact, editorViewer } from '@bpmn-io/form-js-editor'
import 'virtual:form-editor.css'
import '../look/form-editor.css'
import FileX from 'lucide-solid/icons/file-x'
import { createEffect, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { EmptyState } from '../../ui/state.tsx'
import { renderMarkdown } from '../../work/form/lean/markdown.ts'
import { StudioFields } from './editor-fields.ts'
import type { Commands, EditorComponent, FieldSelection, Modeling, Registry } from './editor-module.ts'
import { studioProperties } from './editor-properties.ts'
import { ownFieldsModule } from './own-fields.ts'
import type { OwnPropertyFacts } from './own-properties.ts'
import { isTooLarge, keptSchema } from './schema.ts'

type Schema = { readonly [name: string]: unknown }

/** What the page does with the editor. All of it is one step back with undo. */
export interface EditorHandle {
  readonly canUndo: () => boolean
  readonly canRedo: () => boolean
  undo(): void
  redo(): void
  /** The component that is selected, or null. Reactive. */
  readonly selected: () => EditorComponent | null
  select(id: string): void
  /** Puts a component behind the selected one, else at the end. */
  add(component: object): void
  /** Moves the selected component by one place within what holds it. */
  move(by: -1 | 1): void
  canMove(by: -1 | 1): boolean
  remove(): void
  canRemove(): boolean
}

export interface FormEditorProps {
  /** The form of a file; a new object is read anew. */
  schema: Schema
  /** Takes what was laid out: members in the order of the file. */
  onChange: (schema: Schema) => void
  onOpenField: (key: string) => void
  handle: (handle: EditorHandle | null) => void
  /** Roles and levels that fields for people and units may ask for. */
  facts: OwnPropertyFacts
}

/** The form-js editor in our look and language, with the fields the server takes. */
export function FormEditor(props: FormEditorProps) {
  let place!: HTMLDivElement
  const [broken, setBroken] = createSignal<string>()
  const [version, setVersion] = createSignal(0)
  let editor: Editor | undefined
  let before: Schema | null = null

  const service = <T,>(name: string): T => (editor as Editor).get<T>(name)

  function open(): void {
    editor?.destroy()
    editor = new Editor({
      container: place,
      propertiesPanel: { feelPopupContainer: place },
      // A change counts when it is made: leaving the page a moment later loses nothing.
      debounce: false,
      additionalModules: [
        ownFieldsModule({ h: editorPreact.h, hooks: editorHooks, viewer: editorViewer }, props.facts),
        {
          __init__: ['studioFields', 'studioProperties'],
          studioFields: ['type', StudioFields],
          studioProperties: ['type', studioProperties({ openField: (key) => props.onOpenField(key) })],
          // Texts look as they do at work, and markup in them is shown, never made.
          markdownRenderer: ['value', { render: renderMarkdown }],
        },
      ],
    })
    editor.on('commandStack.changed', ({ trigger }: { trigger?: string }) => {
      setVersion((at) => at + 1)
      // What is done while a form is read is not the person's doing.
      if (before && editor && trigger !== 'clear') props.onChange(keptSchema(editor.getSchema() as Schema, before))
    })
    editor.on('selection.changed', () => {
      // What a listener gives back ends the event for those after it.
      setVersion((at) => at + 1)
    })
  }

  async function read(schema: Schema): Promise<void> {
    if (!editor) return
    before = null
    try {
      if (isTooLarge(schema)) throw new Error(st('forms.tooLarge'))
      await editor.importSchema(JSON.parse(JSON.stringify(schema)))
      setBroken(undefined)
    } catch (error) {
      setBroken(error instanceof Error ? error.message : String(error))
    }
    before = schema
    setVersion((at) => at + 1)
  }

  onMount(() => {
    createEffect(
      on([() => props.schema, language], ([schema], previous) => {
        if (!editor || previous?.[1] !== language()) open()
        void read(schema)
        props.handle(handle)
      }),
    )
  })
  onCleanup(() => {
    props.handle(null)
    before = null
    editor?.destroy()
  })

  const tracked = <T,>(read: () => T, otherwise: T): T => {
    version()
    return editor && !broken() ? read() : otherwise
  }

  const whereIs = (component: EditorComponent | null) => {
    const parent = component?._parent ? service<Registry>('formFieldRegistry').get(component._parent) : undefined
    const index = parent?.components?.findIndex((child) => child.id === component?.id) ?? -1
    return parent && index >= 0 ? { parent, index } : null
  }
  const selected = () => tracked(() => service<FieldSelection>('selection').get(), null)

  const handle: EditorHandle = {
    canUndo: () => tracked(() => service<Commands>('commandStack').canUndo(), false),
    canRedo: () => tracked(() => service<Commands>('commandStack').canRedo(), false),
    undo: () => service<Commands>('commandStack').undo(),
    redo: () => service<Commands>('commandStack').redo(),
    selected,
    select(id) {
      const field = service<Registry>('formFieldRegistry').get(id)
      if (field) service<FieldSelection>('selection').set(field)
    },
    add(component) {
      const root = (editor as unknown as { _getState(): { schema: EditorComponent } })._getState().schema
      const at = whereIs(selected())
      service<Modeling>('modeling').addFormField(
        component,
        at?.parent ?? root,
        at ? at.index + 1 : (root.components?.length ?? 0),
      )
    },
    canMove(by) {
      const at = whereIs(selected())
      return at !== null && at.index + by >= 0 && at.index + by < (at.parent.components?.length ?? 0)
    },
    move(by) {
      const field = selected()
      const at = whereIs(field)
      if (!field || !at || !handle.canMove(by)) return
      // Places are counted as before the move: one further down is behind the next one.
      service<Modeling>('modeling').moveFormField(
        field,
        at.parent,
        at.parent,
        at.index,
        by > 0 ? at.index + 2 : at.index - 1,
      )
    },
    canRemove: () => whereIs(selected()) !== null,
    remove() {
      const field = selected()
      const at = whereIs(field)
      if (field && at) service<Modeling>('modeling').removeFormField(field, at.parent, at.index)
    },
  }

  // Enter in the palette adds a field and gives it the focus: there the same press would take the choice away again.
  const endPress = (event: KeyboardEvent) => {
    if (event.code === 'Enter' && (event.target as Element).closest('.fjs-palette-field')) event.preventDefault()
  }

  return (
    <>
      <Show when={broken()}>
        {(message) => (
          <EmptyState
            sign={<FileX class="icon" />}
            title={st('forms.unreadable')}
            text={st('forms.unreadableText', { message: message() })}
          />
        )}
      </Show>
      <div class="form-editor" classList={{ hidden: broken() !== undefined }} ref={place} on:keydown={endPress} />
    </>
  )
}
