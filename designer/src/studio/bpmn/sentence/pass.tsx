import type { Connection, Shape } from 'bpmn-js/lib/model/Types'
import Eye from 'lucide-solid/icons/eye'
import Vote from 'lucide-solid/icons/vote'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { type Count, type Share, shares, writeCount } from './feel/count.ts'
import { fewest, type Ratio, writeRatio } from './feel/ratio.ts'
import { questionsAfter, waysOf } from './model-facts.ts'
import { Live, NumberWord, Say, Section, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

/** Parts of a whole that are offered; others that are written stay. */
const FRACTIONS = ['1/2', '2/3', '3/4', '4/5', '1/1'] as const

/** How many are expected in the example that is counted; kept while the studio is open. */
const [example, setExample] = createSignal(27)

/** 怎样算通过: what the gateways after a step count. */
export function Pass(props: { element: Shape }) {
  const { version } = useSentences()
  const ways = createMemo(() => {
    version()
    return questionsAfter(props.element).flatMap(waysOf)
  })
  const ratios = createMemo(() =>
    ways().flatMap(({ flow, asked }) => (asked.kind === 'ratio' ? [{ flow, ratio: asked.ratio }] : [])),
  )
  const counts = createMemo(() =>
    ways().flatMap(({ flow, asked }) => (asked.kind === 'count' ? [{ flow, count: asked.count }] : [])),
  )
  return (
    <Show when={ratios().length + counts().length > 0}>
      <Section title={st('pieces.section.pass')} icon={<Vote class="icon" aria-hidden="true" />}>
        <For each={ratios()}>
          {({ flow, ratio }) => (
            <Say>
              <RatioWords ratio={ratio} flow={flow} />
              {st('pieces.stop')}
            </Say>
          )}
        </For>
        <For each={counts()}>
          {({ flow, count }) => (
            <Say>
              <CountWords count={count} flow={flow} />
              {st('pieces.stop')}
            </Say>
          )}
        </For>
        <Arithmetic ratios={ratios().map(({ ratio }) => ratio)} />
      </Section>
    </Show>
  )
}

/** [实到] [达到] [应到] 的 [三分之二] */
export function RatioWords(props: { ratio: Ratio; flow: Connection }) {
  const { edit, fields, pathName } = useSentences()
  const write = (change: Partial<Ratio>) => edit.condition(props.flow, writeRatio({ ...props.ratio, ...change }))
  const fraction = () => `${props.ratio.numerator}/${props.ratio.denominator}`
  const fractions = () => {
    const known = FRACTIONS.map((value) => ({ value: value as string, label: st(`pieces.fraction.${NAMED[value]}`) }))
    return known.some((one) => one.value === fraction())
      ? known
      : [...known, { value: fraction(), label: otherFraction(props.ratio, pathName) }]
  }
  /** Wholes of the counted fields: 应到, or those who came. */
  const wholes = () => {
    const known = fields().flatMap((field) =>
      field.kind === 'attendance' ? [`${field.key}.expected`, `${field.key}.present`] : [],
    )
    const { whole, part } = props.ratio
    return (known.includes(whole) ? known : [whole, ...known])
      .filter((path) => path !== part)
      .map((value) => ({ value, label: pathName(value) }))
  }
  return (
    <Words
      text={st('pieces.pass.ratio')}
      parts={{
        part: () => pathName(props.ratio.part),
        strict: () => (
          <Choice
            label={st('pieces.pass.strict')}
            value={props.ratio.isStrict ? 'over' : 'reach'}
            options={[
              { value: 'over', label: st('pieces.pass.over') },
              { value: 'reach', label: st('pieces.pass.reach') },
            ]}
            onChange={(value) => write({ isStrict: value === 'over' })}
          />
        ),
        whole: () => (
          <Choice
            label={st('pieces.pass.whole')}
            value={props.ratio.whole}
            options={wholes()}
            onChange={(whole) => write({ whole })}
          />
        ),
        fraction: () => (
          <Choice
            label={st('pieces.pass.fraction')}
            value={fraction()}
            options={fractions()}
            onChange={(value) => {
              const [numerator, denominator] = value.split('/').map(Number)
              if (numerator && denominator) write({ numerator, denominator })
            }}
          />
        ),
      }}
    />
  )
}

const NAMED = { '1/2': 'half', '2/3': 'twoThirds', '3/4': 'threeQuarters', '4/5': 'fourFifths', '1/1': 'all' } as const

function otherFraction({ numerator, denominator }: Ratio, pathName: (path: string) => string): string {
  const name = (factor: number | string) => (typeof factor === 'number' ? String(factor) : pathName(factor))
  return st('pieces.fraction.other', { numerator: name(numerator), denominator: name(denominator) })
}

/** [都同意] */
export function CountWords(props: { count: Count; flow: Connection }) {
  const { edit } = useSentences()
  return (
    <Words
      text={st('pieces.pass.signed')}
      parts={{
        share: () => (
          <Choice<Share>
            label={st('pieces.section.pass')}
            value={props.count.share}
            options={shares.map((value) => ({ value, label: st(`pieces.share.${value}`) }))}
            onChange={(share) => edit.condition(props.flow, writeCount({ ...props.count, share }))}
          />
        ),
      }}
    />
  )
}

interface Steps {
  readonly present: number | null
  readonly votes: { readonly of: number; readonly least: number; readonly isOfPresent: boolean } | null
}

/** 应到 27 人：实到满 18 人可开会，同意满 14 票通过. Only for plain numbers: a parameter may differ from place to place. */
function Arithmetic(props: { ratios: readonly Ratio[] }) {
  const steps = createMemo((): Steps | null => {
    const plain = props.ratios.flatMap((ratio) => {
      const { numerator, denominator } = ratio
      return typeof numerator === 'number' && typeof denominator === 'number'
        ? [{ ...ratio, numerator, denominator }]
        : []
    })
    const quorum = plain.find((ratio) => ratio.part.endsWith('present') && ratio.whole.endsWith('expected'))
    const passed = plain.find((ratio) => ratio.part.endsWith('yes'))
    if (!quorum && !passed) return null
    const present = quorum ? fewest(example(), quorum) : null
    const isOfPresent = passed?.whole.endsWith('present') ?? false
    const of = isOfPresent ? (present ?? example()) : example()
    return { present, votes: passed ? { of, least: fewest(of, passed), isOfPresent } : null }
  })
  return (
    <Show when={steps()}>
      {(found) => (
        <Live icon={<Eye class="icon" aria-hidden="true" />}>
          <Words
            text={st('pieces.pass.example')}
            parts={{
              expected: () => (
                <NumberWord
                  label={st('pieces.count.expected')}
                  min={1}
                  max={100_000}
                  value={example()}
                  onChange={setExample}
                />
              ),
            }}
          />
          <Show when={found().present}>
            {(present) => (
              <>
                <Words text={st('pieces.pass.meets')} parts={{ present: () => <b>{present()}</b> }} />
                {st(found().votes ? 'pieces.ways.comma' : 'pieces.stop')}
              </>
            )}
          </Show>
          <Show when={found().votes}>
            {(votes) => (
              <Words
                text={st(votes().isOfPresent ? 'pieces.pass.passesOf' : 'pieces.pass.passes')}
                parts={{ of: () => <b>{votes().of}</b>, least: () => <b>{votes().least}</b> }}
              />
            )}
          </Show>
        </Live>
      )}
    </Show>
  )
}
