import type { StoredFile } from '@bihuan/runtime/contract'
import Camera from 'lucide-solid/icons/camera'
import FileText from 'lucide-solid/icons/file-text'
import Paperclip from 'lucide-solid/icons/paperclip'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import X from 'lucide-solid/icons/x'
import { For, mergeProps, Show } from 'solid-js'
import { fileAddress } from '../../api/files.ts'
import { t } from '../../i18n/i18n.ts'
import { type BodyProps, type Field, type FieldSchema, solidField } from './field-bridge.ts'
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

const accepts = (field: FieldSchema): string => (typeof field.accept === 'string' ? field.accept : '')
/** A field that takes pictures and nothing else: by type or by the ends of names. */
const wantsPhotos = (field: FieldSchema): boolean =>
  accepts(field) !== '' &&
  accepts(field)
    .split(',')
    .every((kind) => /^\s*(image\/|\.(jpe?g|png|webp|heic|heif)\s*$)/i.test(kind))

/** Field of stored files: photos as pictures, documents as lines; what is chosen is sent at once. */
function FileBody(props: BodyProps & { uploads: Uploads; many: (field: FieldSchema) => boolean }) {
  let input: HTMLInputElement | undefined
  const files = () => storedFiles(props.value)
  const pending = () => props.uploads.of(props.field.id)
  const photos = () => wantsPhotos(props.field)
  const room = () => !props.readonly && (props.many(props.field) || files().length + pending().length === 0)

  function take(chosen: FileList | null): void {
    const list = Array.from(chosen ?? []).slice(0, props.many(props.field) ? undefined : 1)
    for (const file of list) {
      props.uploads.send(props.field.id, file, (stored) => {
        const kept = files().filter((each) => each.id !== stored.id)
        props.onChange(props.many(props.field) ? [...kept, { ...stored }] : [{ ...stored }])
      })
    }
    if (input) input.value = ''
  }
  const remove = (id: string) => {
    const rest = files().filter((file) => file.id !== id)
    props.onChange(rest.length > 0 ? rest : null)
  }

  return (
    <fieldset class="files" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <Show when={photos()} fallback={<Documents {...props} files={files()} pending={pending()} onRemove={remove} />}>
        <Show when={files().length + pending().length > 0}>
          <ul class="photos">
            <For each={files()}>
              {(file) => (
                <li class="photo">
                  <a
                    href={fileAddress(file.id)}
                    target="_blank"
                    rel="noopener"
                    aria-label={t('form.open', { name: file.name })}
                  >
                    <img src={fileAddress(file.id)} alt={file.name} loading="lazy" />
                  </a>
                  <Show when={!props.readonly}>
                    <Remove name={file.name} onClick={() => remove(file.id)} />
                  </Show>
                </li>
              )}
            </For>
            <For each={pending()}>
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
      </Show>
      <Show when={props.readonly && files().length === 0}>
        <p class="files-none">{t('form.none')}</p>
      </Show>
      <Show when={room()}>
        <input
          ref={input}
          class="sr"
          id={props.domId}
          type="file"
          accept={accepts(props.field) || undefined}
          multiple={props.many(props.field)}
          capture={photos() && !props.many(props.field) ? 'environment' : undefined}
          aria-invalid={props.invalid}
          aria-describedby={props.describedBy}
          onChange={(event) => take(event.currentTarget.files)}
          onBlur={() => props.onBlur()}
        />
        <label class="files-add" for={props.domId}>
          <Show when={photos()} fallback={<Paperclip class="icon" aria-hidden="true" />}>
            <Camera class="icon" aria-hidden="true" />
          </Show>
          {photos()
            ? t(files().length > 0 ? 'form.takeAnother' : 'form.takePhoto')
            : t(files().length > 0 ? 'form.addAnother' : 'form.addFile')}
        </label>
      </Show>
    </fieldset>
  )
}

function Documents(
  props: BodyProps & {
    uploads: Uploads
    files: readonly StoredFile[]
    pending: readonly Pending[]
    onRemove: (id: string) => void
  },
) {
  return (
    <Show when={props.files.length + props.pending.length > 0}>
      <ul class="documents">
        <For each={props.files}>
          {(file) => (
            <li>
              <FileText class="icon" aria-hidden="true" />
              <a href={fileAddress(file.id)} target="_blank" rel="noopener">
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

function Progress(props: { item: Pending; uploads: Uploads }) {
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

/**
 * The `filepicker` field with our own control. Its value is a list of stored files, or null.
 * @param many whether the field takes several files (form-js lets that be an expression)
 */
export function fileField(uploads: Uploads, many: (field: FieldSchema) => boolean): Field {
  return solidField(
    {
      type: 'filepicker',
      keyed: true,
      name: 'File picker',
      group: 'basic-input',
      emptyValue: null,
      sanitizeValue: ({ value }) => {
        const files = storedFiles(value)
        return files.length > 0 ? files : null
      },
      create: (options = {}) => ({ ...options }),
    },
    (props) => <FileBody {...mergeProps(props, { uploads, many })} />,
    (field) => field.label ?? '',
  )
}
