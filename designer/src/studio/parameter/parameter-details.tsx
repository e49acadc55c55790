import Trash from 'lucide-solid/icons/trash'
import { createEffect, createSignal, on, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceDetail, TextDetail } from '../field/detail-parts.tsx'
import '../field/field-details.css'
import { UseList } from '../field/use-list.tsx'
import type { Written } from '../field/uses.ts'
import { isParameterName, marks, type Parameter, parameterTypes, valueForType, valueOfText } from './parameter-file.ts'
import { titleOf, unitOfWord, unitWord, valueWord } from './parameter-words.ts'

/** All there is to a parameter, and where it is used. One that is used is not deleted. */
export function ParameterDetails(props: {
  parameter: Parameter
  uses: readonly Written[]
  taken: (name: string) => boolean
  onChange: (change: Partial<Omit<Parameter, 'name'>>) => void
  onRename: (name: string) => void
  onRemove: () => void
}) {
  const parameter = () => props.parameter
  const [fault, setFault] = createSignal<{ member: string; words: string }>()
  const [refused, setRefused] = createSignal(false)
  createEffect(
    on(
      () => parameter().name,
      () => {
        setFault(undefined)
        setRefused(false)
      },
    ),
  )
  const wordsFor = (member: string) => (fault()?.member === member ? fault()?.words : undefined)

  function keepTitle(zh: string): void {
    setFault(zh === '' ? { member: 'zh', words: st('parameters.titleNeeded') } : undefined)
    if (zh !== '') props.onChange({ zh })
  }
  function keepValue(text: string): void {
    const value = valueOfText(text, parameter().type)
    setFault(value === null ? { member: 'value', words: st(`parameters.valueFault.${parameter().type}`) } : undefined)
    if (value !== null) props.onChange({ value })
  }
  function rename(name: string): void {
    const words = !isParameterName(name)
      ? st('parameters.nameFault')
      : props.taken(name)
        ? st('parameters.nameTaken')
        : props.uses.length > 0
          ? st('parameters.renameUsed', { count: props.uses.length })
          : undefined
    setFault(words === undefined ? undefined : { member: 'name', words })
    if (words === undefined) props.onRename(name)
  }

  return (
    <section class="field-details parameter-details" aria-label={st('parameters.details')}>
      <header>
        <h3>{titleOf(parameter())}</h3>
      </header>
      <div class="field-details-body">
        <TextDetail
          label={st('parameters.zh')}
          value={parameter().zh}
          lines={2}
          fault={wordsFor('zh')}
          onKeep={keepTitle}
        />
        <TextDetail
          label={st('parameters.en')}
          value={parameter().en}
          lines={2}
          onKeep={(en) => props.onChange({ en })}
        />
        <div class="detail-pair">
          <ChoiceDetail
            label={st('parameters.type')}
            value={parameter().type}
            options={parameterTypes.map((type) => ({ value: type, label: st(`parameters.types.${type}`) }))}
            onChange={(type) => props.onChange({ type, value: valueForType(parameter().value, type) })}
          />
          <Show
            when={parameter().type === 'boolean'}
            fallback={
              <TextDetail
                label={st('parameters.value')}
                value={valueWord(parameter())}
                fault={wordsFor('value')}
                onKeep={keepValue}
              />
            }
          >
            <ChoiceDetail
              label={st('parameters.value')}
              value={parameter().value === true ? 'true' : 'false'}
              options={[
                { value: 'true', label: st('parameters.yes') },
                { value: 'false', label: st('parameters.no') },
              ]}
              onChange={(value) => props.onChange({ value: value === 'true' })}
            />
          </Show>
          <TextDetail
            label={st('parameters.unit')}
            value={unitWord(parameter().unit)}
            onKeep={(word) => props.onChange({ unit: unitOfWord(word) })}
          />
        </div>
        <ChoiceDetail
          label={st('parameters.mark')}
          value={parameter().mark ?? undefined}
          options={marks.map((mark) => ({
            value: mark,
            label: st(`parameters.marks.${mark}`),
            about: st(`parameters.marksAbout.${mark}`),
          }))}
          onChange={(mark) => props.onChange({ mark })}
        />
        <TextDetail
          label={st('parameters.source')}
          value={parameter().source}
          about={st('parameters.sourceAbout')}
          lines={2}
          onKeep={(source) => props.onChange({ source })}
        />
        <TextDetail
          label={st('parameters.name')}
          value={parameter().name}
          about={st('parameters.nameAbout')}
          code
          fault={wordsFor('name')}
          onKeep={rename}
        />
        <h4>{props.uses.length > 0 ? st('parameters.uses', { count: props.uses.length }) : st('parameters.unused')}</h4>
        <UseList uses={props.uses} />
        <Show when={refused() && props.uses.length > 0}>
          <p class="detail-about fault" role="alert">
            {st('parameters.used', { count: props.uses.length })}
          </p>
        </Show>
        <Button
          kind="plain"
          size="small"
          class="danger"
          onClick={() => (props.uses.length > 0 ? setRefused(true) : props.onRemove())}
        >
          <Trash class="icon s" aria-hidden="true" />
          {st('parameters.remove')}
        </Button>
      </div>
    </section>
  )
}
