import type { FieldEntry } from '@bihuan/engine'
import type { Element } from 'bpmn-js/lib/model/Types'
import CalendarDays from 'lucide-solid/icons/calendar-days'
import FileText from 'lucide-solid/icons/file-text'
import Megaphone from 'lucide-solid/icons/megaphone'
import { createMemo, For, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { inputOf } from './edit.ts'
import { isPrintable, linesOf, readNoticeLines, writeLines } from './feel/notice-fields.ts'
import { bodyOf, isPath, quote, unquote } from './feel/path.ts'
import { Expert, NumberWord, Say, Section, TextWord, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

const FIXED = 'fixed'
const FOREVER = 'forever'

/** 公示几天, 公示什么: the inputs of a notice, as far as sentences say them. */
export function NoticeSections(props: { element: Element }) {
  const { version } = useSentences()
  const input = (target: string) =>
    createMemo(() => {
      version()
      return inputOf(props.element, target)
    })
  return (
    <>
      <Days element={props.element} text={input('days')()} />
      <Content element={props.element} fields={input('fields')()} photos={input('photos')()} />
      <Heading element={props.element} title={input('title')()} text={input('text')()} />
    </>
  )
}

interface InputProps {
  element: Element
  text: string | undefined
}

/** 公示 [7] 天: a number, or a parameter of days; without days it stands for ever. */
function Days(props: InputProps) {
  const { edit, parameters } = useSentences()
  const body = () => bodyOf(props.text)
  const fixed = () => (/^\d+$/u.test(body() ?? '') ? Number(body()) : undefined)
  const parameter = () => {
    const found = body() ?? ''
    return found.startsWith('parameters.') && isPath(found) ? found.slice('parameters.'.length) : undefined
  }
  const isForever = () => props.text === undefined || body() === 'null'
  const isSaid = () => fixed() !== undefined || parameter() !== undefined || isForever()
  const value = () => (fixed() === undefined ? (parameter() ?? FOREVER) : FIXED)
  const options = () => {
    const days = parameters()
      .filter((one) => one.unit === 'day' || one.name.endsWith('_days'))
      .map((one) => ({ value: one.name, label: st('pieces.notice.byParameter', { name: one.title }) }))
    return [
      { value: FIXED, label: st('pieces.notice.fixed') },
      ...days,
      { value: FOREVER, label: st('pieces.notice.forever') },
    ]
  }
  const choose = (next: string) => {
    const source = next === FIXED ? '=7' : next === FOREVER ? '=null' : `=parameters.${next}`
    edit.input(props.element, 'days', source)
  }
  return (
    <Section title={st('pieces.section.days')} icon={<CalendarDays class="icon" aria-hidden="true" />}>
      <Show when={isSaid()} fallback={<Expert text={props.text} />}>
        <Say>
          <Words
            text={st(fixed() === undefined ? 'pieces.notice.long' : 'pieces.notice.days')}
            parts={{
              how: () => (
                <Choice label={st('pieces.section.days')} value={value()} options={options()} onChange={choose} />
              ),
              days: () => (
                <NumberWord
                  label={st('pieces.notice.fixed')}
                  min={1}
                  max={3660}
                  value={fixed()}
                  onChange={(days) => edit.input(props.element, 'days', `=${days}`)}
                />
              ),
            }}
          />
        </Say>
        <p class="sentence-note">{st('pieces.notice.counted')}</p>
      </Show>
    </Section>
  )
}

/** 公示什么: fields by checkbox, in the order of the dictionary. Sensitive ones are not offered. */
function Content(props: { element: Element; fields: string | undefined; photos: string | undefined }) {
  const { edit, fields } = useSentences()
  const lines = createMemo(() => readNoticeLines(props.fields))
  const offered = () => fields().filter((field) => isPrintable(field))
  const photos = () => fields().filter((field) => field.kind === 'photo' && field.grade !== 'sensitive')
  const has = (field: FieldEntry) => lines()?.some((line) => line.field === field.key) ?? false
  /** Lines of other things than fields stay as they are, before the fields. */
  const foreign = () => (lines() ?? []).filter((line) => !offered().some((field) => field.key === line.field))
  const toggle = (field: FieldEntry, on: boolean) => {
    const kept = new Map(offered().map((one) => [one.key, (lines() ?? []).filter((line) => line.field === one.key)]))
    kept.set(field.key, on ? linesOf(field) : [])
    edit.input(
      props.element,
      'fields',
      writeLines([...foreign(), ...offered().flatMap((one) => kept.get(one.key) ?? [])]),
    )
  }
  const photo = () => {
    const body = bodyOf(props.photos)
    return body === '[]' || props.photos === undefined ? '' : (body ?? '')
  }
  const isKnownPhoto = () => photo() === '' || photos().some((field) => field.key === photo())
  return (
    <Section title={st('pieces.section.content')} icon={<Megaphone class="icon" aria-hidden="true" />}>
      <Show when={lines()} fallback={<Expert text={props.fields} />}>
        <div class="check-list">
          <For each={offered()} fallback={<p class="sentence-note">{st('pieces.notice.noFields')}</p>}>
            {(field) => (
              <label>
                <input
                  type="checkbox"
                  checked={has(field)}
                  onChange={(event) => toggle(field, event.currentTarget.checked)}
                />
                {field.name}
              </label>
            )}
          </For>
        </div>
        <Show when={foreign().length > 0}>
          <p class="sentence-note">
            {st('pieces.notice.foreign', {
              names: foreign()
                .map((line) => line.label)
                .join(st('pieces.comma')),
            })}
          </p>
        </Show>
      </Show>
      <Show when={photos().length > 0 || photo() !== ''}>
        <Say>
          <Show when={isKnownPhoto()} fallback={<Expert text={props.photos} />}>
            <Words
              text={st('pieces.notice.photos')}
              parts={{
                photos: () => (
                  <Choice
                    label={st('pieces.notice.photosOf')}
                    value={photo()}
                    options={[
                      { value: '', label: st('pieces.notice.noPhotos') },
                      ...photos().map((field) => ({ value: field.key, label: field.name })),
                    ]}
                    onChange={(key) => edit.input(props.element, 'photos', key === '' ? '=[]' : `=${key}`)}
                  />
                ),
              }}
            />
          </Show>
        </Say>
      </Show>
      <Show when={fields().some((field) => field.grade === 'sensitive')}>
        <p class="sentence-note">{st('pieces.notice.sensitive')}</p>
      </Show>
    </Section>
  )
}

/** The title and the words of a notice. */
function Heading(props: { element: Element; title: string | undefined; text: string | undefined }) {
  const { edit, fields, pathName } = useSentences()
  const texts = () => fields().filter((field) => field.kind === 'text' && field.grade !== 'sensitive')
  const title = () => bodyOf(props.title) ?? ''
  const titleText = () => unquote(title())
  const words = () => unquote(bodyOf(props.text) ?? '""')
  return (
    <Section title={st('pieces.section.heading')} icon={<FileText class="icon" aria-hidden="true" />}>
      <Show when={titleText() !== null || isPath(title())} fallback={<Expert text={props.title} />}>
        <Say>
          <Words
            text={st('pieces.notice.title')}
            parts={{
              title: () => (
                <Choice
                  label={st('pieces.notice.titleOf')}
                  value={titleText() === null ? title() : FIXED}
                  options={[
                    ...(titleText() === null
                      ? texts().some((field) => field.key === title())
                        ? []
                        : [{ value: title(), label: pathName(title()) }]
                      : [{ value: FIXED, label: titleText() ?? '' }]),
                    ...texts().map((field) => ({ value: field.key, label: field.name })),
                  ]}
                  onChange={(key) => edit.input(props.element, 'title', `=${key}`)}
                />
              ),
            }}
          />
        </Say>
      </Show>
      <Show when={words() !== null} fallback={<Expert text={props.text} />}>
        <TextWord
          wide
          label={st('pieces.notice.text')}
          placeholder={st('pieces.notice.text')}
          value={words() ?? ''}
          onChange={(text) => edit.input(props.element, 'text', `=${quote(text)}`)}
        />
      </Show>
    </Section>
  )
}
