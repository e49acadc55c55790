import type { NewPackage, PackageTemplate } from '@bihuan/runtime/contract'
import { useNavigate } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { newKey } from '../../api/http.ts'
import { makePackage, packagesKey } from '../../api/packages.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { errorWords } from '../../ui/state.tsx'

/** What a new package starts from, and what it might be called. */
export interface Beginning {
  readonly title: string
  readonly name: string
  readonly from: NewPackage['from']
}

interface Props {
  /** Null while the dialog is closed. */
  beginning: Beginning | null
  templates: readonly PackageTemplate[]
  onClose: () => void
}

/** Names a new package and makes it; then its drawing opens. */
export function NewPackageDialog(props: Props) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = createSignal('')
  const [from, setFrom] = createSignal<NewPackage['from']>({ kind: 'blank' })
  const [fault, setFault] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  let box: HTMLInputElement | undefined
  let key = newKey()
  createEffect(
    on(
      () => props.beginning,
      (beginning) => {
        if (!beginning) return
        setName(beginning.name)
        setFrom(beginning.from)
        setFault('')
        key = newKey()
        queueMicrotask(() => box?.select())
      },
    ),
  )
  const choices = () => [
    { from: { kind: 'blank' } as const, name: st('list.fromBlank'), about: st('list.fromBlankAbout') },
    ...props.templates.map((one) => ({
      from: { kind: 'template', id: one.id } as const,
      name: one.name,
      about: one.description ?? st('list.templateFacts', { steps: one.steps, scenarios: one.scenarios }),
    })),
  ]
  const isChosen = (choice: NewPackage['from']) => JSON.stringify(choice) === JSON.stringify(from())
  const offered = () => {
    const { kind } = props.beginning?.from ?? { kind: 'blank' }
    return kind === 'blank' || kind === 'template'
  }

  async function make(event: Event): Promise<void> {
    event.preventDefault()
    const wanted = name().trim()
    if (wanted === '') {
      setFault(st('list.nameMissing'))
      box?.focus()
      return
    }
    setBusy(true)
    setFault('')
    try {
      const { id } = await makePackage({ name: wanted, from: from() }, key)
      void queries.invalidateQueries({ queryKey: packagesKey })
      navigate(`/studio/${encodeURIComponent(id)}`)
    } catch (error) {
      // Another try is another intent only when something was changed; the same one may have been carried out.
      setFault(errorWords(error).title)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet
      open={props.beginning !== null}
      onClose={props.onClose}
      title={props.beginning?.title ?? ''}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {st('list.keep')}
          </Button>
          <Button size="small" kind="primary" busy={busy()} type="submit" form="new-package">
            {st('list.create')}
          </Button>
        </div>
      }
    >
      <form id="new-package" class="new-package" onSubmit={(event) => void make(event)}>
        <div class="field">
          <label class="label" for="package-name">
            {st('list.name')}
          </label>
          <p class="quiet">{st('list.nameAbout')}</p>
          <input
            id="package-name"
            ref={box}
            class="control"
            maxlength="200"
            autocomplete="off"
            value={name()}
            aria-invalid={fault() !== ''}
            aria-describedby="package-name-fault"
            onInput={(event) => {
              setName(event.currentTarget.value)
              key = newKey()
            }}
          />
          <p id="package-name-fault" class="fault" role="alert">
            {fault()}
          </p>
        </div>
        <Show when={offered()}>
          <fieldset class="new-package-from">
            <legend class="label">{st('list.newFrom')}</legend>
            <For each={choices()}>
              {(choice) => (
                <label class="choice-row">
                  <input
                    type="radio"
                    name="from"
                    checked={isChosen(choice.from)}
                    onChange={() => {
                      setFrom(choice.from)
                      key = newKey()
                      if (name().trim() === '' && choice.from.kind === 'template') setName(choice.name)
                    }}
                  />
                  <span>
                    <b>{choice.name}</b>
                    <small>{choice.about}</small>
                  </span>
                </label>
              )}
            </For>
          </fieldset>
        </Show>
      </form>
    </Sheet>
  )
}
