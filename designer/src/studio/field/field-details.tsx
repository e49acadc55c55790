import { type FieldEntry, fieldKinds, grades, sayProblem } from '@bihuan/engine'
import Trash from 'lucide-solid/icons/trash'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createSignal, on } from 'solid-js'
import { language, t } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import type { Workspace } from '../workspace/workspace.ts'
import { CheckDetails } from './check-details.tsx'
import { ChoiceDetail, TextDetail, TickDetail } from './detail-parts.tsx'
import { changeField, changeKind, type FieldChange, groupsOf } from './edit.ts'
import type { FieldEditor } from './editor.ts'
import './field-details.css'
import { judgeEntry } from './judge-entry.ts'
import { KindDetails } from './kind-details.tsx'
import { keyFault } from './rename-key.ts'
import { unfinishedChecks } from './unfinished-checks.ts'
import { UseList } from './use-list.tsx'
import type { Written } from './uses.ts'
import { begin, gradeWord, groupWord, kindWord } from './words.ts'

interface FieldDetailsProps {
  readonly workspace: Workspace
  readonly editor: FieldEditor
  readonly field: FieldEntry
  readonly uses: readonly Written[]
  readonly askToDelete: (key: string) => void
  readonly askToRename: (from: string, to: string) => void
  readonly onClose: () => void
}

/** All there is to a field. What could not be read again is said at its place and not kept. */
export function FieldDetails(props: FieldDetailsProps) {
  const { editor } = props
  const field = () => props.field
  const [refused, setRefused] = createSignal<{ member: keyof FieldEntry; words: string }>()
  const [keyWords, setKeyWords] = createSignal<string>()
  createEffect(
    on(
      () => field().key,
      () => {
        setRefused(undefined)
        setKeyWords(undefined)
      },
    ),
  )

  function keep(change: FieldChange): void {
    const next = { ...field(), ...change } as FieldEntry
    const [fault] = judgeEntry(next, editor.dictionary())
    const member = Object.keys(change)[0] as keyof FieldEntry
    if (fault) {
      setRefused({ member, words: sayProblem(fault, language()).text })
      return
    }
    setRefused(undefined)
    editor.change(changeField(field().key, change))
  }
  const fault = (member: keyof FieldEntry): string | undefined =>
    refused()?.member === member ? refused()?.words : undefined

  function keepKey(to: string): void {
    const why = keyFault(editor.dictionary(), field().key, to)
    setKeyWords(why ? st(why === 'taken' ? 'fields.detail.keyTaken' : 'fields.detail.keyForm') : undefined)
    if (!why && to !== field().key) props.askToRename(field().key, to)
  }

  const groups = createMemo(() => groupsOf(editor.dictionary().fields).map(({ group }) => group))
  const attendances = createMemo(() => editor.dictionary().fields.filter((each) => each.kind === 'attendance'))
  const text = (member: 'description' | 'purpose') => field()[member] ?? ''
  const keepText = (member: 'description' | 'purpose') => (given: string) =>
    keep({ [member]: given === '' ? undefined : given })

  return (
    <section
      class="field-details"
      aria-label={st('fields.detail.title')}
      on:keydown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        props.onClose()
      }}
    >
      <header>
        <h3>{field().name}</h3>
        <button type="button" class="hit" aria-label={t('app.close')} onClick={() => props.onClose()}>
          <X class="icon" aria-hidden="true" />
        </button>
      </header>
      <div class="field-details-body">
        <TextDetail
          label={st('fields.detail.name')}
          value={field().name}
          fault={fault('name')}
          onKeep={(name) => keep({ name })}
        />
        <div class="detail-pair">
          <ChoiceDetail
            label={st('fields.detail.kind')}
            value={field().kind}
            options={fieldKinds.map((kind) => ({
              value: kind,
              label: kindWord(kind),
              about: st(`fields.kindAbout.${kind}`),
            }))}
            onChange={(kind) => editor.change(changeKind(field().key, kind, begin()))}
          />
          <ChoiceDetail
            label={st('fields.detail.grade')}
            value={field().grade}
            options={grades.map((grade) => ({
              value: grade,
              label: gradeWord(grade),
              about: st(`fields.gradeAbout.${grade}`),
            }))}
            onChange={(grade) => keep({ grade })}
          />
        </div>
        <KindDetails
          field={field()}
          attendances={attendances()}
          directory={props.workspace.directory()}
          namedValues={props.editor.namedValues}
          fault={fault}
          keep={keep}
        />
        <TickDetail
          label={st('fields.detail.anew')}
          about={st('fields.detail.anewAbout')}
          value={field().anew === true}
          onChange={(on) => keep({ anew: on ? true : undefined })}
        />
        <TextDetail
          label={st('fields.detail.help')}
          value={text('description')}
          about={st('fields.detail.helpAbout')}
          lines={2}
          onKeep={keepText('description')}
        />
        <TextDetail
          label={st('fields.detail.purpose')}
          value={text('purpose')}
          about={st('fields.detail.purposeAbout')}
          lines={2}
          onKeep={keepText('purpose')}
        />
        <CheckDetails
          field={field()}
          dictionary={editor.dictionary()}
          unfinished={unfinishedChecks(props.workspace)}
          keep={keep}
        />
        <div class="detail-pair">
          <GroupDetail field={field()} groups={groups()} keep={keep} />
          <TextDetail
            label={st('fields.detail.key')}
            value={field().key}
            about={st('fields.detail.keyAbout')}
            code
            fault={keyWords()}
            onKeep={keepKey}
          />
        </div>
        <h4>
          {props.uses.length > 0 ? st('fields.detail.uses', { count: props.uses.length }) : st('fields.detail.noUses')}
        </h4>
        <UseList uses={props.uses} />
        <Button kind="plain" size="small" class="danger" onClick={() => props.askToDelete(field().key)}>
          <Trash class="icon s" aria-hidden="true" />
          {st('fields.remove')}
        </Button>
      </div>
    </section>
  )
}

/** The group of a field: one that is there, or a new one by its name. */
function GroupDetail(props: {
  field: FieldEntry
  groups: readonly (string | undefined)[]
  keep: (change: FieldChange) => void
}) {
  const list = `groups-${props.field.key}`
  return (
    <div>
      <datalist id={list}>
        {props.groups.map((group) => (group === undefined ? null : <option value={group} />))}
      </datalist>
      <TextDetail
        label={st('fields.detail.group')}
        value={props.field.group ?? ''}
        list={list}
        {...(props.field.group === undefined && { about: groupWord(undefined) })}
        onKeep={(group) => props.keep({ group: group === '' ? undefined : group })}
      />
    </div>
  )
}
