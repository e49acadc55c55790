import { type FieldPaper, papersIn, papersOf } from '@bihuan/engine'
import type { StoredFile } from '@bihuan/runtime/contract'
import Paperclip from 'lucide-solid/icons/paperclip'
import { For, Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { DocumentList, storedFiles } from '../file-lists.tsx'
import './papers.css'
import type { OwnBodyProps } from './surroundings.ts'

/** The papers that are asked for by name, each with its files. */
export function AttachmentsBody(props: OwnBodyProps) {
  const papers = () => papersOf(props.field.items)
  const given = () => papersIn(props.value as Parameters<typeof papersIn>[0])
  const filesOf = (name: string): readonly StoredFile[] =>
    storedFiles(given().find((paper) => paper.item === name)?.files)

  function put(name: string, files: readonly StoredFile[]): void {
    const next = papers().flatMap((paper) => {
      const held = paper.name === name ? files : filesOf(paper.name)
      return held.length > 0 ? [{ item: paper.name, files: held.map((file) => ({ ...file })) }] : []
    })
    props.onChange(next.length > 0 ? next : null)
  }

  return (
    <fieldset class="files field-papers" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <ul>
        <For each={papers()}>
          {(paper, index) => (
            <li class="field-paper">
              <Paper
                {...props}
                paper={paper}
                id={`${props.domId}-${index()}`}
                files={filesOf(paper.name)}
                onFiles={(files) => put(paper.name, files)}
                latest={() => filesOf(paper.name)}
              />
            </li>
          )}
        </For>
      </ul>
    </fieldset>
  )
}

function Paper(
  props: OwnBodyProps & {
    paper: FieldPaper
    id: string
    files: readonly StoredFile[]
    latest: () => readonly StoredFile[]
    onFiles: (files: readonly StoredFile[]) => void
  },
) {
  let input: HTMLInputElement | undefined
  const { uploads, sources } = props.around
  const pending = () => uploads.of(props.id)
  function take(chosen: FileList | null): void {
    for (const file of Array.from(chosen ?? []))
      uploads.send(props.id, file, (stored) =>
        props.onFiles([...props.latest().filter((each) => each.id !== stored.id), stored]),
      )
    if (input) input.value = ''
  }
  return (
    <>
      <div class="paper-head">
        <span class="paper-name">
          {props.paper.name}
          <Show when={props.paper.required && !props.readonly}>
            <span class="paper-required">{t('form.papers.required')}</span>
          </Show>
        </span>
        <Show
          when={!props.readonly}
          fallback={
            <Show when={props.files.length === 0}>
              <span class="files-none">{t('form.papers.none')}</span>
            </Show>
          }
        >
          <input
            ref={input}
            class="sr"
            id={props.id}
            type="file"
            multiple
            aria-label={t('form.papers.addTo', { item: props.paper.name })}
            aria-invalid={props.invalid && props.paper.required && props.files.length === 0}
            aria-describedby={props.describedBy}
            onChange={(event) => take(event.currentTarget.files)}
            onBlur={() => props.onBlur()}
          />
          <label class="paper-add" for={props.id}>
            <Paperclip class="icon s" aria-hidden="true" />
            {t('form.papers.add')}
          </label>
        </Show>
      </div>
      <DocumentList
        files={props.files}
        pending={pending()}
        uploads={uploads}
        readonly={props.readonly}
        onRemove={(id) => props.onFiles(props.files.filter((file) => file.id !== id))}
        address={sources.address}
      />
    </>
  )
}
