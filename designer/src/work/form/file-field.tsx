import { isFileTaken } from '@bihuan/engine'
import type { StoredFile } from '@bihuan/runtime/contract'
import Camera from 'lucide-solid/icons/camera'
import Paperclip from 'lucide-solid/icons/paperclip'
import { mergeProps, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { type BodyProps, type Field, type FieldSchema, solidField } from './field-bridge.ts'
import { DocumentList, PhotoGrid, storedFiles } from './file-lists.tsx'
import type { Uploads } from './uploads.ts'

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
      if (!isFileTaken(file, accepts(props.field))) {
        const reason = photos() ? 'form.onlyPhotos' : 'form.wrongKind'
        props.uploads.refuse(props.field.id, file.name, t(reason, { name: file.name, kinds: accepts(props.field) }))
        continue
      }
      const arrived = (stored: StoredFile) => {
        const kept = files().filter((each) => each.id !== stored.id)
        props.onChange(props.many(props.field) ? [...kept, { ...stored }] : [{ ...stored }])
      }
      props.uploads.send(props.field.id, file, arrived, accepts(props.field))
    }
    if (input) input.value = ''
  }
  const remove = (id: string) => {
    const rest = files().filter((file) => file.id !== id)
    props.onChange(rest.length > 0 ? rest : null)
  }

  return (
    <fieldset class="files" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <Show
        when={photos()}
        fallback={
          <DocumentList
            files={files()}
            pending={pending()}
            uploads={props.uploads}
            readonly={props.readonly}
            onRemove={remove}
          />
        }
      >
        <PhotoGrid
          files={files()}
          pending={pending()}
          uploads={props.uploads}
          readonly={props.readonly}
          onRemove={remove}
        />
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
