import { readDictionary } from '@bihuan/engine'
import { A, useSearchParams } from '@solidjs/router'
import ListPlus from 'lucide-solid/icons/list-plus'
import Plus from 'lucide-solid/icons/plus'
import Redo2 from 'lucide-solid/icons/redo-2'
import Search from 'lucide-solid/icons/search'
import SearchX from 'lucide-solid/icons/search-x'
import Undo2 from 'lucide-solid/icons/undo-2'
import Workflow from 'lucide-solid/icons/workflow'
import { createEffect, createMemo, createSignal, For, Match, on, onCleanup, Show, Switch } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useWorkspace } from '../workspace/workspace.ts'
import { BrokenFile } from './broken-file.tsx'
import { CellMark } from './cell-mark.tsx'
import { CellNote } from './cell-note.tsx'
import { accesses } from './clipboard.ts'
import { DropDialog, RenameDialog } from './dialogs.tsx'
import { addFields, removeField } from './edit.ts'
import { createFieldEditor, FIELDS_FILE } from './editor.ts'
import { FieldDetails } from './field-details.tsx'
import './fields-page.css'
import { stepsWith } from './judge-entry.ts'
import { Matrix } from './matrix.tsx'
import { Preview, PreviewHead } from './preview.tsx'
import { createTable } from './table.ts'
import { renameUnfinished } from './unfinished-checks.ts'
import { pastedFields } from './use-clipboard.ts'
import { accessKeys } from './use-keys.ts'
import { expressionsOf, usesOf, type Written } from './uses.ts'
import { accessWord } from './words.ts'

/** The data dictionary of a package and who may do what with it at which step, beside the forms that come of it. */
export default function FieldsPage() {
  const workspace = useWorkspace()
  const editor = createFieldEditor(workspace)
  const table = createTable(editor, workspace.steps)
  const [asked, ask] = useSearchParams<{ field?: string; step?: string }>()
  const [said, setSaid] = createSignal('')
  const [detailed, setDetailed] = createSignal(false)
  const [dropping, setDropping] = createSignal<string>()
  const [renaming, setRenaming] = createSignal<{ from: string; to: string; uses: readonly Written[] }>()

  const fields = () => editor.dictionary().fields
  const shown = createMemo(() => table.rows().filter((row) => row.kind === 'field').length)
  const expressions = createMemo(() => expressionsOf(workspace.files, editor.dictionary()))
  const uses = (key: string) => usesOf(expressions(), key)
  const field = () => table.focusedField()

  // A link from the list of problems names the field or the step it means.
  createEffect(
    on(
      () => [asked.field, asked.step] as const,
      ([key, step]) => {
        if (key && fields().some((each) => each.key === key)) table.reveal(key)
        if (step) table.setStepId(step)
        if (key || step) ask({ field: null, step: null }, { replace: true })
      },
    ),
  )

  /** Said at the foot of the table and to a screen reader. */
  const say = (text: string) => {
    setSaid('')
    queueMicrotask(() => setSaid(text))
  }
  createEffect(
    on(table.range, () => table.isMany() && say(st('fields.chosen', { count: table.chosen().cells.flat().length })), {
      defer: true,
    }),
  )

  // An empty table takes what a spreadsheet gives wherever it is pasted.
  createEffect(() => {
    if (fields().length > 0 || editor.faults().length > 0) return
    const paste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]')) return
      const { fields: found, said } = pastedFields(event, undefined, editor)
      if (found.length === 0) return
      event.preventDefault()
      editor.change(addFields(found))
      say(said)
    }
    document.addEventListener('paste', paste)
    onCleanup(() => document.removeEventListener('paste', paste))
  })

  function begin(): void {
    table.setSearch('')
    table.setAdding(table.focusedRow()?.group ?? fields().at(-1)?.group ?? '')
  }

  function rename(from: string, to: string): void {
    // Forms and checks follow by themselves; what the process and its tables read is for a person to change.
    const left = uses(from).filter((use) => use.part === 'process' || use.part === 'decision')
    if (left.length > 0) setRenaming({ from, to, uses: left })
    else renameNow(from, to)
  }
  function renameNow(from: string, to: string): void {
    renameUnfinished(workspace, from, to)
    editor.rename(from, to)
    setRenaming(undefined)
    table.reveal(to)
  }

  function drop(): void {
    const key = dropping()
    const name = fields().find((each) => each.key === key)?.name ?? ''
    if (key) editor.change(removeField(key))
    setDropping(undefined)
    setDetailed(false)
    showToast(st('fields.drop.done', { field: name }), 'plain')
  }

  return (
    <div class="fields">
      <section class="fields-table" aria-label={st('fields.table')}>
        <div class="fields-bar">
          <label class="fields-search">
            <Search class="icon s" aria-hidden="true" />
            <input
              type="search"
              aria-label={st('fields.search')}
              placeholder={st('fields.search')}
              value={table.search()}
              onInput={(event) => table.setSearch(event.currentTarget.value)}
            />
          </label>
          <Button kind="plain" size="small" class="bar-word" disabled={editor.faults().length > 0} onClick={begin}>
            <Plus class="icon s" aria-hidden="true" />
            {st('fields.add')}
          </Button>
          <button
            type="button"
            class="bar-act"
            aria-label={st('fields.undo')}
            title={st('fields.undo')}
            disabled={!editor.canUndo()}
            onClick={editor.undo}
          >
            <Undo2 class="icon s" aria-hidden="true" />
          </button>
          <button
            type="button"
            class="bar-act"
            aria-label={st('fields.redo')}
            title={st('fields.redo')}
            disabled={!editor.canRedo()}
            onClick={editor.redo}
          >
            <Redo2 class="icon s" aria-hidden="true" />
          </button>
          <ul class="fields-legend">
            <For each={accesses}>
              {(access) => (
                <li>
                  <CellMark access={access} />
                  {accessWord(access)}
                </li>
              )}
            </For>
          </ul>
        </div>
        <Show when={!editor.kept() && fields().length > 0}>
          <div class="fields-derived">
            <p>{st('fields.derived')}</p>
            <Button
              size="small"
              onClick={() => {
                editor.keep()
                showToast(st('fields.keptNow'))
              }}
            >
              {st('fields.keep')}
            </Button>
          </div>
        </Show>
        <Switch
          fallback={
            <Matrix
              table={table}
              editor={editor}
              openDetails={() => setDetailed(true)}
              askToDelete={setDropping}
              say={say}
            />
          }
        >
          <Match when={editor.faults().length > 0}>
            <BrokenFile
              title={st('fields.broken')}
              label={st('fields.brokenText')}
              save={st('fields.brokenSave')}
              text={workspace.files[FIELDS_FILE] ?? ''}
              judge={(text) => readDictionary(text, FIELDS_FILE).problems}
              onMend={editor.replaceText}
            />
          </Match>
          <Match when={fields().length === 0 && table.adding() === undefined}>
            <EmptyState sign={<ListPlus class="icon" />} title={st('fields.emptyTitle')} text={st('fields.emptyText')}>
              <Button size="small" onClick={begin}>
                <Plus class="icon s" aria-hidden="true" />
                {st('fields.add')}
              </Button>
            </EmptyState>
          </Match>
          <Match when={table.rows().length === 0}>
            <EmptyState
              sign={<SearchX class="icon" />}
              title={st('fields.emptyFound')}
              text={st('fields.emptyFoundText')}
            >
              <Button size="small" onClick={() => table.setSearch('')}>
                {st('fields.clearSearch')}
              </Button>
            </EmptyState>
          </Match>
        </Switch>
        <footer class="fields-foot">
          <For each={Object.entries(accessKeys)}>
            {([key, access]) => (
              <span>
                <Kbd>{key.toUpperCase()}</Kbd> {accessWord(access)}
              </span>
            )}
          </For>
          <span class="fields-said" role="status">
            {said() || st('fields.hint')}
          </span>
          <span class="fields-count">{st('fields.foot', { all: fields().length, shown: shown() })}</span>
        </footer>
      </section>
      <section class="fields-side" aria-label={st('fields.preview.title')}>
        <PreviewHead workspace={workspace} table={table} />
        <Show
          when={workspace.steps().length > 0}
          fallback={
            <EmptyState sign={<Workflow class="icon" />} title={st('fields.noSteps')} text={st('fields.noStepsText')}>
              <A class="btn secondary small" href={`/studio/${workspace.id}`}>
                {st('fields.toProcess')}
              </A>
            </EmptyState>
          }
        >
          <div class="fields-views" classList={{ detailed: detailed() && field() !== undefined }}>
            <Show when={detailed() && field()}>
              {(given) => (
                <FieldDetails
                  workspace={workspace}
                  editor={editor}
                  field={given()}
                  uses={uses(given().key)}
                  askToDelete={setDropping}
                  askToRename={rename}
                  onClose={() => setDetailed(false)}
                />
              )}
            </Show>
            <Preview
              workspace={workspace}
              editor={editor}
              table={table}
              say={say}
              narrow={detailed() && field() !== undefined}
            />
          </div>
        </Show>
        <CellNote
          table={table}
          editor={editor}
          uses={(key) => uses(key).length}
          openDetails={() => setDetailed(true)}
        />
      </section>
      <DropDialog
        field={fields().find((each) => each.key === dropping())}
        steps={stepsWith(editor.dictionary(), dropping() ?? '')}
        uses={uses(dropping() ?? '')}
        onDrop={drop}
        onClose={() => setDropping(undefined)}
      />
      <RenameDialog
        rename={renaming()}
        onRename={() => {
          const wanted = renaming()
          if (wanted) renameNow(wanted.from, wanted.to)
        }}
        onClose={() => setRenaming(undefined)}
      />
    </div>
  )
}
