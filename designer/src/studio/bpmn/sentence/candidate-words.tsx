import { createMemo, createSignal, Index, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice, type ChoiceOption } from '../../../ui/choice.tsx'
import type { Candidate } from './feel/candidates.ts'
import { Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

const OWN = 'own'
const DROP = '-'

interface CandidateWordsProps {
  items: readonly Candidate[]
  onChange: (items: readonly Candidate[]) => void
}

/** [事项所在单位] 的 [村文书]，或 [所属镇] 的 [审核员]: each pair can be changed, added to, and dropped. */
export function CandidateWords(props: CandidateWordsProps) {
  const { workspace, roleName } = useSentences()
  /** The place of a pair whose role is not said yet: such a pair cannot be written. */
  const [begun, setBegun] = createSignal<string | null>(null)
  const shown = (): readonly Candidate[] => (props.items.length > 0 ? props.items : [{ role: '', level: begun() }])
  const places = createMemo((): ChoiceOption<string>[] => [
    { value: OWN, label: st('pieces.who.ownUnit') },
    ...(workspace.directory()?.levels ?? []).map((level) => ({
      value: level.key,
      label: st('pieces.who.levelUnit', { level: level.name }),
    })),
  ])
  const roles = createMemo((): ChoiceOption<string>[] =>
    (workspace.directory()?.roles ?? []).map((role) => ({ value: role.key, label: role.name })),
  )
  /** A level that the directory does not know is offered as it stands, as is a role. */
  const placesWith = (level: string | null): ChoiceOption<string>[] =>
    level === null || places().some((one) => one.value === level)
      ? places()
      : [{ value: level, label: level }, ...places()]
  /** A role that the directory does not know is offered as it stands, so that it can be seen. */
  const rolesWith = (role: string): ChoiceOption<string>[] => {
    const known = roles().some((one) => one.value === role) || role === ''
    const all = known ? roles() : [{ value: role, label: roleName(role) }, ...roles()]
    return props.items.length > 1 ? [...all, { value: DROP, label: st('pieces.who.drop') }] : all
  }
  const set = (index: number, change: Partial<Candidate>) => {
    const next = shown().map((item, at) => (at === index ? { ...item, ...change } : item))
    if (next[index]?.role === '') setBegun(next[index].level)
    else props.onChange(next)
  }

  return (
    <Index each={shown()}>
      {(item, index) => (
        <>
          <Show when={index > 0}>{st('pieces.who.or')}</Show>
          <Words
            text={st('pieces.who.pair')}
            parts={{
              place: () => (
                <Choice
                  label={st('pieces.who.place')}
                  value={item().level ?? OWN}
                  options={placesWith(item().level)}
                  onChange={(level) => set(index, { level: level === OWN ? null : level })}
                />
              ),
              role: () => (
                <Choice
                  label={st('pieces.who.role')}
                  placeholder={st('pieces.who.pickRole')}
                  value={item().role}
                  options={rolesWith(item().role)}
                  onChange={(role) =>
                    role === DROP ? props.onChange(shown().filter((_, at) => at !== index)) : set(index, { role })
                  }
                />
              ),
            }}
          />
        </>
      )}
    </Index>
  )
}
