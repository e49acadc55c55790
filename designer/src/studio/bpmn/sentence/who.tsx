import type { Element, Shape } from 'bpmn-js/lib/model/Types'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import User from 'lucide-solid/icons/user'
import { createMemo, Match, Show, Switch } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { extensionOf, loopOf, objectOf } from '../pieces/extension.ts'
import { CandidateWords } from './candidate-words.tsx'
import { headerOf } from './edit.ts'
import { type Candidate, readCandidates, readWho, writeCandidates } from './feel/candidates.ts'
import { HoldersLive } from './holders.tsx'
import { lookUpOf } from './model-facts.ts'
import { Expert, Live, Say, Section, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

const ASSIGNMENT = 'zeebe:AssignmentDefinition'
const ROLES = 'roles'

/** 谁来办: roles in a place, the person a field names, or each of those looked up. */
export function Who(props: { element: Shape }) {
  const { edit, fields, field, version } = useSentences()
  const who = createMemo(() => {
    version()
    const bo = objectOf(props.element)
    return readWho(extensionOf(bo, ASSIGNMENT), loopOf(bo)?.inputElement)
  })
  const lookUp = createMemo(() => {
    version()
    return lookUpOf(props.element)
  })
  const people = () => fields().filter((one) => one.kind === 'person' && !one.multiple)
  const items = () => {
    const found = who()
    return found.kind === 'roles' ? found.items : []
  }
  const setItems = (next: readonly Candidate[]) =>
    edit.extension(props.element, ASSIGNMENT, {
      assignee: undefined,
      candidateGroups: writeCandidates(next.filter((item) => item.role !== '')) || undefined,
    })
  const setPerson = (key: string) =>
    edit.extension(props.element, ASSIGNMENT, { candidateGroups: undefined, assignee: `=${key}.id` })
  const personOf = () => {
    const found = who()
    return found.kind === 'person' ? found.field : ''
  }
  const formula = () => {
    const found = who()
    return found.kind === 'formula' ? found.text : undefined
  }

  return (
    <Section title={st('pieces.section.who')} icon={<User class="icon" aria-hidden="true" />}>
      <Switch>
        <Match when={formula() !== undefined}>
          <Expert text={formula()} />
        </Match>
        <Match when={who().kind === 'each'}>
          <Show when={lookUp()} fallback={<Expert text={loopOf(objectOf(props.element))?.inputCollection} />}>
            {(service) => <LookedUp service={service()} />}
          </Show>
        </Match>
        <Match when={who().kind === 'person'}>
          <Say>
            <Words
              text={st('pieces.who.by')}
              parts={{
                who: () => (
                  <Choice
                    label={st('pieces.who.role')}
                    value={personOf()}
                    options={[
                      ...(people().some((one) => one.key === personOf())
                        ? []
                        : [{ value: personOf(), label: field(personOf())?.name ?? personOf() }]),
                      ...people().map((one) => ({
                        value: one.key,
                        label: st('pieces.who.fromField', { field: one.name }),
                      })),
                      { value: ROLES, label: st('pieces.who.byRole') },
                    ]}
                    onChange={(value) => (value === ROLES ? setItems([]) : setPerson(value))}
                  />
                ),
              }}
            />
          </Say>
        </Match>
        <Match when={true}>
          <Say>
            <Words
              text={st('pieces.who.by')}
              parts={{ who: () => <CandidateWords items={items()} onChange={setItems} /> }}
            />
          </Say>
          <More items={items()} setItems={setItems} people={people().map((one) => one)} setPerson={setPerson} />
          <Show
            when={items().length > 0}
            fallback={
              <Live amber icon={<TriangleAlert class="icon" aria-hidden="true" />}>
                {st('pieces.who.unset')}
              </Live>
            }
          >
            <HoldersLive candidates={writeCandidates(items())} />
          </Show>
        </Match>
      </Switch>
    </Section>
  )
}

interface MoreProps {
  items: readonly Candidate[]
  setItems: (items: readonly Candidate[]) => void
  people: readonly { readonly key: string; readonly name: string }[]
  setPerson: (key: string) => void
}

/** Further kinds of people: another role, or whoever a field of the form names. */
function More(props: MoreProps) {
  const { workspace } = useSentences()
  const roles = () => workspace.directory()?.roles ?? []
  const free = () =>
    roles().filter((role) => !props.items.some((item) => item.role === role.key && item.level === null))
  return (
    <Show when={props.items.length > 0 || props.people.length > 0}>
      <Choice
        label={st('pieces.who.add')}
        value={undefined}
        placeholder={st('pieces.who.add')}
        options={[
          ...(props.items.length > 0 ? free().map((role) => ({ value: `role:${role.key}`, label: role.name })) : []),
          ...props.people.map((one) => ({
            value: `person:${one.key}`,
            label: st('pieces.who.fromField', { field: one.name }),
          })),
        ]}
        onChange={(value) => {
          const [kind, key = ''] = value.split(':', 2)
          if (kind === 'person') props.setPerson(key)
          else props.setItems([...props.items, { role: key, level: null }])
        }}
      />
    </Show>
  )
}

/** 会签: everyone who holds a role in the unit of the case. The look-up before the step says which. */
export function LookedUp(props: { service: Element }) {
  const { edit, workspace, roleName, version } = useSentences()
  const role = createMemo(() => {
    version()
    return headerOf(props.service, 'role') ?? ''
  })
  const options = () => {
    const roles = (workspace.directory()?.roles ?? []).map((one) => ({ value: one.key, label: one.name }))
    const known = role() === '' || roles.some((one) => one.value === role())
    return known ? roles : [{ value: role(), label: roleName(role()) }, ...roles]
  }
  return (
    <>
      <Say>
        <Words
          text={st('pieces.who.each')}
          parts={{
            role: () => (
              <Choice
                label={st('pieces.who.role')}
                placeholder={st('pieces.who.pickRole')}
                value={role()}
                options={options()}
                onChange={(value) => edit.header(props.service, 'role', value)}
              />
            ),
          }}
        />
      </Say>
      <Show
        when={role() !== ''}
        fallback={
          <Live amber icon={<TriangleAlert class="icon" aria-hidden="true" />}>
            {st('pieces.who.unset')}
          </Live>
        }
      >
        <HoldersLive candidates={role()} />
      </Show>
    </>
  )
}

/** 谁能发起, or 谁能登记: the people of a start event or of an act of the case. */
export function Starters(props: { element: Element; type: 'bihuan:Starters' | 'bihuan:CaseAction'; title: string }) {
  const { edit, version } = useSentences()
  const text = createMemo((): string => {
    version()
    return extensionOf(objectOf(props.element), props.type)?.candidateGroups ?? ''
  })
  const items = () => readCandidates(text())
  const set = (next: readonly Candidate[]) =>
    edit.extension(props.element, props.type, {
      candidateGroups: writeCandidates(next.filter((item) => item.role !== '')) || undefined,
    })
  return (
    <Section title={props.title} icon={<User class="icon" aria-hidden="true" />}>
      <Show when={items()} fallback={<Expert text={text()} />}>
        {(found) => (
          <>
            <Say>
              <Words
                text={st(props.type === 'bihuan:Starters' ? 'pieces.who.starts' : 'pieces.who.acts')}
                parts={{ who: () => <CandidateWords items={found()} onChange={set} /> }}
              />
            </Say>
            <More items={found()} setItems={set} people={[]} setPerson={() => {}} />
            <Show
              when={text() !== ''}
              fallback={
                <Live amber icon={<TriangleAlert class="icon" aria-hidden="true" />}>
                  {st('pieces.who.unset')}
                </Live>
              }
            >
              <HoldersLive candidates={text()} />
            </Show>
          </>
        )}
      </Show>
    </Section>
  )
}
