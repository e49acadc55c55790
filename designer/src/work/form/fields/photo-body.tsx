import Camera from 'lucide-solid/icons/camera'
import { createSignal, Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { PhotoGrid, storedFiles } from '../file-lists.tsx'
import { isFresh, stampPhoto, stampTime } from './photo-stamp.ts'
import { findPlace, type Place } from './place.ts'
import type { OwnBodyProps } from './surroundings.ts'

/** Photos from the camera, with time and place drawn into them before they are sent. */
export function PhotoBody(props: OwnBodyProps) {
  let input: HTMLInputElement | undefined
  const [said, setSaid] = createSignal('')
  const [drawing, setDrawing] = createSignal(0)
  const { uploads, sources } = props.around
  const many = () => props.field.multiple === true
  const files = () => storedFiles(props.value)
  const pending = () => uploads.of(props.domId)
  const room = () => !props.readonly && (many() || files().length + pending().length + drawing() === 0)

  async function take(chosen: FileList | null): Promise<void> {
    const list = Array.from(chosen ?? []).slice(0, many() ? undefined : 1)
    if (input) input.value = ''
    if (list.length === 0) return
    setSaid('')
    setDrawing(list.length)
    const flushed = Promise.all([findPlace()]).then(async ([place]) => {
      for (const file of list) await send(file, place)
    })
    // Whoever presses the button meanwhile waits for it.
    const forget = uploads.beforeSettled(() => flushed)
    await flushed.finally(() => {
      forget()
      setDrawing(0)
    })
  }

  async function send(file: File, place: Place): Promise<void> {
    const time = stampTime(sources.now())
    const lines = [t(isFresh(file.lastModified, Date.now()) ? 'form.photo.taken' : 'form.photo.sent', { time })]
    if (place.state === 'found')
      lines.push(
        t('form.photo.place', {
          north: place.north.toFixed(5),
          east: place.east.toFixed(5),
          metres: place.metres,
        }),
      )
    const stamped = await stampPhoto(file, lines, t('form.photo.name', { time: time.replace(':', '') }))
    if (!stamped) {
      setSaid(t('form.photo.unreadable'))
      return
    }
    if (place.state !== 'found') setSaid(t(place.state === 'refused' ? 'form.photo.timeOnly' : 'form.photo.noPlace'))
    uploads.send(props.domId, stamped, (stored) => {
      const kept = files().filter((each) => each.id !== stored.id)
      props.onChange(many() ? [...kept, { ...stored }] : [{ ...stored }])
    })
  }

  const remove = (id: string) => {
    const rest = files().filter((file) => file.id !== id)
    props.onChange(rest.length > 0 ? rest : null)
  }

  return (
    <fieldset class="files" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <PhotoGrid
        files={files()}
        pending={pending()}
        uploads={uploads}
        readonly={props.readonly}
        onRemove={remove}
        address={sources.address}
      />
      <Show when={props.readonly && files().length === 0}>
        <p class="files-none">{t('form.photo.none')}</p>
      </Show>
      <Show when={room()}>
        <input
          ref={input}
          class="sr"
          id={props.domId}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple={many()}
          capture="environment"
          aria-invalid={props.invalid}
          aria-describedby={props.describedBy}
          onChange={(event) => void take(event.currentTarget.files)}
          onBlur={() => props.onBlur()}
        />
        <label class="files-add" for={props.domId}>
          <Show when={drawing() > 0} fallback={<Camera class="icon" aria-hidden="true" />}>
            <span class="spinner" aria-hidden="true" />
          </Show>
          {t(files().length > 0 ? 'form.takeAnother' : 'form.photo.take')}
        </label>
      </Show>
      <Show when={!props.readonly}>
        <p class="files-note" role="status">
          {said() || t('form.photo.stamped')}
        </p>
      </Show>
    </fieldset>
  )
}
