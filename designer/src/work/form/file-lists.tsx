import type { StoredFile } from '@bihuan/runtime/contract'
import FileText from 'lucide-solid/icons/file-text'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import X from 'lucide-solid/icons/x'
import { For, Show } from 'solid-js'
import { fileAddress } from '../../api/files.ts'
import { t } from '../../i18n/i18n.ts'
import { sizeText } from './photo.ts'
import type { Pending, Uploads } from './uploads.ts'

/** The files of a value; anything else is none. */
export function storedFiles(value: unknown): StoredFile[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (item): item is StoredFile =>
      typeof item === 'object' && item !== null && typeof (item as StoredFile).id === 'string',
  )
}

interface FileListProps {
  readonly files: readonly StoredFile[]
  readonly pending: readonly Pending[]
  readonly uploads: Uploads
  readonly readonly: boolean
  readonly onRemove: (id: string) => void
  /** Where the bytes of a file are read; the server when absent. */
  readonly address?: (file: StoredFile) => string
}

/** Photos as pictures: those stored, and those on their way. */
export function PhotoGrid(props: FileListProps) {
  const address = (file: StoredFile) => props.address?.(file) ?? fileAddress(file.id)
  return (
    <Show when={props.files.length + props.pending.length > 0}>
      <ul class="photos">
        <For each={props.files}>
          {(file) => (
            <li class="photo">
              <a href={address(file)} target="_blank" rel="noopener" aria-label={t('form.open', { name: file.name })}>
                <img src={address(file)} alt={file.name} loading="lazy" />
              </a>
              <Show when={!props.readonly}>
                <Remove name={file.name} onClick={() => props.onRemove(file.id)} />
              </Show>
            </li>
          )}
        </For>
        <For each={props.pending}>
          {(item) => (
            <li class="photo" classList={{ failed: item.state === 'failed' }}>
              <Show when={item.preview}>{(source) => <img src={source()} alt={item.name} />}</Show>
              <Progress item={item} uploads={props.uploads} />
              <Remove name={item.name} onClick={() => props.uploads.drop(item.id)} />
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

/** Documents as lines: those stored, and those on their way. */
export function DocumentList(props: FileListProps) {
  return (
    <Show when={props.files.length + props.pending.length > 0}>
      <ul class="documents">
        <For each={props.files}>
          {(file) => (
            <li>
              <FileText class="icon" aria-hidden="true" />
              <a href={props.address?.(file) ?? fileAddress(file.id)} target="_blank" rel="noopener">
                {file.name}
                <small>{sizeText(file.size)}</small>
              </a>
              <Show when={!props.readonly}>
                <Remove name={file.name} onClick={() => props.onRemove(file.id)} />
              </Show>
            </li>
          )}
        </For>
        <For each={props.pending}>
          {(item) => (
            <li classList={{ failed: item.state === 'failed' }}>
              <FileText class="icon" aria-hidden="true" />
              <span class="document-name">
                {item.name}
                <Progress item={item} uploads={props.uploads} />
              </span>
              <Remove name={item.name} onClick={() => props.uploads.drop(item.id)} />
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

/** How far a file is, or why it did not arrive. */
export function Progress(props: { item: Pending; uploads: Uploads }) {
  return (
    <Show
      when={props.item.state === 'failed'}
      fallback={
        <span class="upload-state">
          <progress max="1" value={props.item.share} aria-label={props.item.name} />
          {t('form.uploading', { percent: Math.round(props.item.share * 100) })}
        </span>
      }
    >
      <span class="upload-state" role="alert">
        {props.item.reason}
        <Show when={props.item.again}>
          <button type="button" class="upload-again" onClick={() => props.uploads.retry(props.item.id)}>
            <RotateCw class="icon s" aria-hidden="true" />
            {t('app.retry')}
          </button>
        </Show>
      </span>
    </Show>
  )
}

function Remove(props: { name: string; onClick: () => void }) {
  return (
    <button
      type="button"
      class="file-remove"
      aria-label={t('form.remove', { name: props.name })}
      onClick={() => props.onClick()}
    >
      <X class="icon s" aria-hidden="true" />
    </button>
  )
}
