import Check from 'lucide-solid/icons/check'
import Signature from 'lucide-solid/icons/signature'
import type SignaturePad from 'signature_pad'
import { createEffect, createSignal, onCleanup, onMount, Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Progress, storedFiles } from '../file-lists.tsx'
import './signature.css'
import type { OwnBodyProps } from './surroundings.ts'

/** Quiet time after a stroke before the signature is sent, milliseconds: a name has several. */
const QUIET = 1_500

/** A large area to sign in by finger, pen or mouse. What is drawn is sent as a PNG. */
export function SignatureBody(props: OwnBodyProps) {
  const [again, setAgain] = createSignal(false)
  const { uploads, sources } = props.around
  const file = () => storedFiles(props.value)[0]
  const pending = () => uploads.of(props.domId)[0]
  const drawn = () => !props.readonly && (again() || !file())
  let picture: HTMLInputElement | undefined

  function keep(name: Blob): void {
    const pendings = uploads.of(props.domId)
    for (const each of pendings) uploads.drop(each.id)
    const png = new File([name], `${t('form.sign.line')}.png`, { type: name.type })
    uploads.send(props.domId, png, (stored) => props.onChange([{ ...stored }]))
  }
  function clear(): void {
    for (const each of uploads.of(props.domId)) uploads.drop(each.id)
    setAgain(true)
    props.onChange(null)
  }
  function take(chosen: FileList | null): void {
    const given = chosen?.[0]
    if (picture) picture.value = ''
    if (!given) return
    setAgain(false)
    keep(given)
  }

  return (
    <fieldset
      class="signature"
      classList={{ reading: props.readonly }}
      aria-labelledby={props.labelId}
      aria-describedby={props.describedBy}
    >
      <Show
        when={drawn()}
        fallback={
          <Show when={file()} fallback={<p class="files-none">{t('form.sign.none')}</p>}>
            {(stored) => (
              <div class="signature-shown">
                <img src={sources.address(stored())} alt={t('form.sign.line')} />
              </div>
            )}
          </Show>
        }
      >
        <Pad {...props} onDrawn={keep} onBegin={() => setAgain(true)} />
      </Show>
      <Show when={!props.readonly}>
        <div class="signature-acts">
          <span class="signature-state" role="status">
            <Show
              when={pending()}
              fallback={
                <Show when={file()}>
                  <Check class="icon s" aria-hidden="true" />
                  {t('form.sign.saved')}
                </Show>
              }
            >
              {(item) => (
                <Show when={item().state === 'failed'} fallback={t('form.sign.saving')}>
                  <Progress item={item()} uploads={uploads} />
                </Show>
              )}
            </Show>
          </span>
          <label class="signature-act" for={`${props.domId}-picture`}>
            {t('form.sign.picture')}
          </label>
          <input
            ref={picture}
            class="sr"
            id={`${props.domId}-picture`}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            aria-describedby={props.describedBy}
            onChange={(event) => take(event.currentTarget.files)}
            onBlur={() => props.onBlur()}
          />
          <Show when={file() || pending()}>
            <button type="button" class="signature-act" onClick={clear}>
              {t('form.sign.again')}
            </button>
          </Show>
        </div>
      </Show>
    </fieldset>
  )
}

/** The area itself. Its library is loaded when it is first shown. */
function Pad(props: OwnBodyProps & { onDrawn: (png: Blob) => void; onBegin: () => void }) {
  let canvas!: HTMLCanvasElement
  let pad: SignaturePad | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false
  const [blank, setBlank] = createSignal(true)

  async function flush(): Promise<void> {
    clearTimeout(timer)
    if (!dirty || !pad || pad.isEmpty()) return
    dirty = false
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (png) props.onDrawn(png)
  }

  /** As many pixels as the screen has; the strokes stay where they were. */
  function fit(): void {
    if (!pad || canvas.offsetWidth === 0) return
    const ratio = Math.min(2, Math.max(1, devicePixelRatio))
    const [width, height] = [Math.round(canvas.offsetWidth * ratio), Math.round(canvas.offsetHeight * ratio)]
    if (canvas.width === width && canvas.height === height) return
    const strokes = pad.toData()
    canvas.width = width
    canvas.height = height
    canvas.getContext('2d')?.scale(ratio, ratio)
    pad.fromData(strokes)
  }

  onMount(() => {
    const watch = new ResizeObserver(fit)
    const forget = props.around.uploads.beforeSettled(flush)
    let gone = false
    void import('signature_pad').then(({ default: Library }) => {
      if (gone) return
      pad = new Library(canvas, { penColor: '#1c2127', backgroundColor: '#fff', minWidth: 1, maxWidth: 3.2 })
      pad.addEventListener('beginStroke', () => {
        clearTimeout(timer)
        setBlank(false)
        props.onBegin()
      })
      pad.addEventListener('endStroke', () => {
        dirty = true
        clearTimeout(timer)
        timer = setTimeout(() => void flush(), QUIET)
      })
      fit()
      watch.observe(canvas)
    })
    // Signed again: an empty area.
    createEffect((before: unknown) => {
      if (before && !props.value && !dirty) {
        pad?.clear()
        setBlank(true)
      }
      return props.value
    })
    onCleanup(() => {
      gone = true
      forget()
      clearTimeout(timer)
      watch.disconnect()
      pad?.off()
    })
  })

  return (
    <div class="signature-pad" classList={{ blank: blank() }}>
      <canvas ref={canvas} role="img" aria-label={t('form.sign.here')} data-invalid={props.invalid} />
      <span class="signature-line" aria-hidden="true" />
      <span class="signature-hint" aria-hidden="true">
        <Signature class="icon" />
        {t('form.sign.here')}
      </span>
    </div>
  )
}
