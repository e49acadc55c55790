import {
  type Decision,
  type DecisionTest,
  decisionTestsFile,
  type Problem,
  problemsOf,
  readDecisionTests,
  runDecisionTest,
  writeDecisionTests,
} from '@bihuan/engine'
import { useSearchParams } from '@solidjs/router'
import Table2 from 'lucide-solid/icons/table-2'
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { FaultList } from '../form/fault-list.tsx'
import { useWorkspace } from '../workspace/workspace.ts'
import { cellRules, cellsOf } from './cell-words.ts'
import { ColumnSheet } from './column-sheet.tsx'
import { DecisionEditor } from './decision-editor.tsx'
import { DecisionList } from './decision-list.tsx'
import { type DecisionEntry, decisionsOf, defaultsIn } from './decisions.ts'
import { DeleteSheet } from './delete-sheet.tsx'
import { blankDecision, freeDecision } from './dmn-file.ts'
import { readFiles } from './read-files.ts'
import type { TableHandle } from './table-handle.ts'
import { TableHead } from './table-head.tsx'
import { TestPanel, verdictOf } from './test-panel.tsx'
import '../../ui/field.css'
import '../look/desk.css'
import './decisions-page.css'

const first = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? value[0] : value) ?? null

/** The decisions of a package: tables and expressions, with rows that try them out beside. */
export default function DecisionsPage() {
  const workspace = useWorkspace()
  const [params, setParams] = useSearchParams()
  const [handle, setHandle] = createSignal<TableHandle | null>(null)
  const [column, setColumn] = createSignal<'input' | 'output' | null>(null)
  const [deleting, setDeleting] = createSignal(false)
  const [openTest, setOpenTest] = createSignal<number | null>(null)

  const decisions = createMemo(() => decisionsOf(workspace.files))
  const entry = createMemo((): DecisionEntry | null => {
    const [id, file] = [first(params.decision), first(params.file)]
    const all = decisions()
    return all.find((each) => each.id === id) ?? all.find((each) => each.file === file) ?? all[0] ?? null
  })
  const file = createMemo(() => entry()?.file ?? null)
  /** The graph of a file is asked for by `?graph`; with a value, as an empty one is taken out of the address. */
  const shown = createMemo(() => (params.graph !== undefined ? null : (entry()?.id ?? null)))
  const show = (inFile: string, decision: string | null): void => {
    const id = decision ?? decisions().find((each) => each.file === inFile)?.id
    setParams({ file: inFile, decision: id || undefined, graph: decision === null ? 'all' : undefined })
    setOpenTest(null)
  }

  const text = createMemo(() => workspace.files[file() ?? ''] ?? '')
  /** What the editor is given: read anew when the file is another one, or was changed elsewhere. */
  const [opened, setOpened] = createSignal('')
  let written: string | null = null
  createEffect(
    on([file, text], ([name, now], before) => {
      if (before && before[0] === name && now === written) return
      written = now
      setOpened(now)
    }),
  )
  const keep = (xml: string): void => {
    const name = file()
    if (!name) return
    written = xml
    workspace.write({ [name]: xml }, 'decisions')
  }

  const texts = createMemo(() =>
    [...new Set(decisions().map((each) => each.file))].map((name) => [name, workspace.files[name] ?? ''] as const),
  )
  const read = readFiles(texts)
  /** What of these findings about a file is about that decision. */
  const about = (inFile: string, id: string, problems: readonly Problem[]) =>
    problemsOf(id, { drg: read()[inFile]?.drg ?? new Map(), problems })
  const errorsOf = (inFile: string, id: string) =>
    about(inFile, id, read()[inFile]?.problems ?? []).filter((problem) => problem.severity === 'error')
  /** A decision that can be tried out: neither it nor what it requires has a fault, whatever others of the file have. */
  const executable = (inFile: string, id: string): Decision | null =>
    errorsOf(inFile, id).length > 0 ? null : (read()[inFile]?.decisions.find((each) => each.id === id) ?? null)
  const decision = createMemo(() => executable(file() ?? '', entry()?.id ?? ''))

  const faults = createMemo((): Problem[] => {
    const own = read()[file() ?? '']?.problems ?? []
    const seen = new Set(own.map(nameOf))
    const all = [
      ...own,
      ...(workspace.problems() ?? []).filter((each) => each.resource === file() && !seen.has(nameOf(each))),
    ]
    const id = shown()
    return id === null ? all : [...about(file() ?? '', id, all)]
  })

  const parameters = createMemo(() => defaultsIn(workspace.files))

  const testsOf = (inFile: string) => readDecisionTests(workspace.files[decisionTestsFile(inFile)])
  const tests = createMemo(() => testsOf(file() ?? ''))
  /** Tests of the decision that is open, with their places in the file. */
  const shownTests = createMemo(() =>
    tests().tests.flatMap((test, at) => (test.decision === entry()?.id ? [{ test, at }] : [])),
  )
  const writeAll = (next: readonly DecisionTest[]): void => {
    const name = file()
    if (!name) return
    if (!tests().whole) showToast(st('decisions.testsUnreadable', { file: decisionTestsFile(name) }), 'problem')
    else workspace.write({ [decisionTestsFile(name)]: writeDecisionTests(next) }, 'decisions')
  }
  const changeTest = (index: number, next: DecisionTest | null): void => {
    const at = shownTests()[index]?.at
    if (at === undefined) return
    const all = tests().tests
    writeAll(next ? all.map((test, i) => (i === at ? next : test)) : all.filter((_, i) => i !== at))
    if (!next) setOpenTest(null)
  }
  const addTest = (): void => {
    const id = entry()?.id
    if (!id) return
    const last = shownTests().at(-1)?.test
    const made: DecisionTest = {
      name: st('decisions.testName', { number: shownTests().length + 1 }),
      decision: id,
      on: last?.on ?? workspace.info().now.slice(0, 10),
      inputs: last?.inputs ?? {},
    }
    writeAll([...tests().tests, made])
    setOpenTest(shownTests().length - 1)
  }

  const state = (each: DecisionEntry): { text: string; bad: boolean } | null => {
    const run = executable(each.file, each.id)
    if (each.id === '' || (read()[each.file] && !run)) {
      const isOwn = errorsOf(each.file, each.id).some(({ elementId }) => elementId === each.id)
      const isOfOther = !isOwn && errorsOf(each.file, each.id).some(({ elementId }) => elementId !== null)
      return { text: st(isOfOther ? 'decisions.requiredCannotRun' : 'decisions.cannotRun'), bad: true }
    }
    const mine = testsOf(each.file).tests.filter((test) => test.decision === each.id)
    if (!run || mine.length === 0) return null
    const verdicts = mine.map((test) => verdictOf(test, runDecisionTest(run, test, parameters())))
    const wrong = verdicts.filter((verdict) => verdict === 'wrong').length
    if (verdicts.every((verdict) => verdict === 'open'))
      return { text: st('decisions.unchecked', { count: mine.length }), bad: false }
    return wrong === 0
      ? { text: st('decisions.allRight', { count: mine.length }), bad: false }
      : { text: st('decisions.someWrong', { count: mine.length, wrong }), bad: true }
  }

  const hit = createMemo((): readonly string[] => {
    const test = shownTests()[openTest() ?? -1]?.test
    const run = test && decision() ? runDecisionTest(decision() as Decision, test, parameters()) : null
    return run?.ok ? run.rules : []
  })
  // The row a test comes to is looked for in the table: it is shown there.
  createEffect(
    on(openTest, (index) => {
      const row = index === null ? undefined : hit()[0]
      const cell = row && document.querySelector(`.decision-editor td[data-row-id="${CSS.escape(row)}"]`)
      if (cell) cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }),
  )
  const cells = createMemo(() => {
    const table = handle()?.table()
    // The text is what tells that a cell was changed.
    text()
    return table
      ? cellsOf(table, workspace.dictionary(), {
          any: st('decisions.any'),
          yes: st('decisions.yes'),
          no: st('decisions.no'),
          nothing: st('decisions.nothing'),
          or: st('forms.comma'),
          more: (names, count) => st('decisions.moreOptions', { names, count }),
        })
      : { said: new Map<string, string>(), broken: [] }
  })
  const results = createMemo(() => {
    text()
    return new Map(
      (handle()?.table()?.output ?? []).map((output) => [
        output.name ?? output.id,
        { label: output.label || output.name || output.id, type: output.typeRef },
      ]),
    )
  })
  const names = createMemo(() => [
    ...workspace.dictionary().fields.map((field) => ({ name: field.key, about: field.name })),
    { name: 'case', about: st('decisions.theCase') },
    { name: 'parameters', about: st('decisions.theParameters') },
  ])

  const add = (): void => {
    const { file: name, id } = freeDecision(workspace.files, workspace.id)
    const xml = blankDecision({ id, name: st('decisions.newName'), result: st('decisions.result') })
    workspace.write({ [name]: xml }, 'package')
    show(name, id)
  }

  return (
    <Show
      when={decisions().length > 0}
      fallback={
        <EmptyState sign={<Table2 class="icon" />} title={st('decisions.none')} text={st('decisions.noneText')}>
          <Button size="small" onClick={add}>
            {st('decisions.new')}
          </Button>
        </EmptyState>
      }
    >
      <div class="decisions-page">
        <DecisionList decisions={decisions()} file={file()} shown={shown()} state={state} onSelect={show} onNew={add} />
        <section class="desk-open">
          <TableHead
            name={shown() === null ? st('decisions.graph') : (entry()?.name ?? '')}
            handle={handle()}
            onAddColumn={setColumn}
            onDelete={() => setDeleting(true)}
          />
          <FaultList problems={faults()} />
          <div class="decision-place">
            <style>{cellRules(cells().said, cells().broken, hit())}</style>
            <DecisionEditor
              xml={opened()}
              shown={shown()}
              names={names()}
              dictionary={workspace.dictionary()}
              onChange={keep}
              onShown={(id) => {
                const name = file()
                if (name && id !== shown()) show(name, id)
              }}
              handle={setHandle}
            />
          </div>
        </section>
        <Show when={shown() !== null}>
          <TestPanel
            decision={decision()}
            tests={shownTests().map(({ test }) => test)}
            dictionary={workspace.dictionary()}
            parameters={parameters()}
            open={openTest()}
            onOpen={setOpenTest}
            onChange={changeTest}
            onAdd={addTest}
            results={results()}
          />
        </Show>
        <ColumnSheet
          kind={column()}
          dictionary={workspace.dictionary()}
          taken={[...results().keys()]}
          onClose={() => setColumn(null)}
          onAdd={(made) => {
            if (column() === 'output') handle()?.addOutput(made)
            else handle()?.addInput(made)
            setColumn(null)
          }}
        />
        <DeleteSheet
          open={deleting()}
          entry={entry()}
          files={workspace.files}
          others={decisions().filter((each) => each.file === file()).length - 1}
          onClose={() => setDeleting(false)}
          onDelete={() => {
            const name = file()
            setDeleting(false)
            if (name) workspace.write({ [name]: null, [decisionTestsFile(name)]: null }, 'package')
            setParams({ file: undefined, decision: undefined, graph: undefined })
          }}
        />
      </div>
    </Show>
  )
}

const nameOf = ({ code, elementId, facts }: Problem): string =>
  JSON.stringify([code, elementId, facts.reason ?? null, facts.row ?? null, facts.expression ?? null])
