import { readParametersFile } from '@bihuan/engine'
import { useSearchParams } from '@solidjs/router'
import ListPlus from 'lucide-solid/icons/list-plus'
import MousePointerClick from 'lucide-solid/icons/mouse-pointer-click'
import Plus from 'lucide-solid/icons/plus'
import Search from 'lucide-solid/icons/search'
import SearchX from 'lucide-solid/icons/search-x'
import { createEffect, createMemo, createSignal, For, Match, on, Show, Switch } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import '../field/fields-page.css'
import { BrokenFile } from '../field/broken-file.tsx'
import { expressionsOf, usesOfParameter } from '../field/uses.ts'
import { useWorkspace } from '../workspace/workspace.ts'
import { ParameterDetails } from './parameter-details.tsx'
import {
  addParameter,
  changeParameter,
  PARAMETERS_FILE,
  type Parameter,
  readParameters,
  removeParameter,
  renameParameter,
} from './parameter-file.ts'
import { titleOf, unitWord } from './parameter-words.ts'
import './parameters-page.css'
import { ValueInput } from './value-input.tsx'

/** Numbers of a package that places may set: what they are, what they rest on, where they are used. */
export default function ParametersPage() {
  const workspace = useWorkspace()
  const [asked, ask] = useSearchParams<{ parameter?: string }>()
  const [search, setSearch] = createSignal('')
  const [chosen, choose] = createSignal<string>()
  const text = () => workspace.files[PARAMETERS_FILE] ?? ''
  const read = createMemo(() => readParameters(text()))
  const list = () => read() ?? []
  const shown = createMemo(() => {
    const wanted = search().trim().toLowerCase()
    return list().filter((each) =>
      [each.name, each.zh, each.en, each.source].some((words) => words.toLowerCase().includes(wanted)),
    )
  })
  const parameter = () => list().find((each) => each.name === chosen())
  const expressions = createMemo(() => expressionsOf(workspace.files, workspace.dictionary()))
  const uses = (name: string) => usesOfParameter(expressions(), name)

  createEffect(
    on(
      () => asked.parameter,
      (name) => {
        if (!name) return
        choose(name)
        ask({ parameter: null }, { replace: true })
      },
    ),
  )

  const write = (next: string) => workspace.write({ [PARAMETERS_FILE]: next }, 'parameters')

  function add(): void {
    const names = new Set(list().map((each) => each.name))
    let number = names.size + 1
    while (names.has(`parameter_${number}`)) number += 1
    const name = `parameter_${number}`
    const title = st('parameters.fresh')
    const source = st('parameters.freshSource')
    write(addParameter(text(), { name, zh: title, en: '', type: 'integer', value: 1, unit: '', mark: 'P', source }))
    setSearch('')
    choose(name)
  }

  function remove(gone: Parameter): void {
    write(removeParameter(text(), gone.name))
    choose(undefined)
    showToast(st('parameters.removed', { title: titleOf(gone) }), 'plain')
  }

  return (
    <div class="parameters">
      <section class="parameters-list" aria-label={st('parameters.table')}>
        <div class="fields-bar">
          <label class="fields-search">
            <Search class="icon s" aria-hidden="true" />
            <input
              type="search"
              aria-label={st('parameters.search')}
              placeholder={st('parameters.search')}
              value={search()}
              onInput={(event) => setSearch(event.currentTarget.value)}
            />
          </label>
          <Button kind="plain" size="small" class="bar-word" disabled={read() === null} onClick={add}>
            <Plus class="icon s" aria-hidden="true" />
            {st('parameters.add')}
          </Button>
          <p class="parameters-about">{st('parameters.about')}</p>
        </div>
        <Switch
          fallback={
            <div class="parameters-scroll">
              <table class="parameters-table">
                <thead>
                  <tr>
                    <th scope="col">{st('parameters.column.title')}</th>
                    <th scope="col" class="n">
                      {st('parameters.column.value')}
                    </th>
                    <th scope="col">{st('parameters.column.unit')}</th>
                    <th scope="col">{st('parameters.column.mark')}</th>
                    <th scope="col">{st('parameters.column.source')}</th>
                    <th scope="col">{st('parameters.column.uses')}</th>
                  </tr>
                </thead>
                <tbody>
                  <For each={shown().map((each) => each.name)}>
                    {(name) => (
                      <Show when={list().find((each) => each.name === name)}>
                        {(given) => (
                          <tr classList={{ on: chosen() === name }}>
                            <th scope="row">
                              <button type="button" aria-pressed={chosen() === name} onClick={() => choose(name)}>
                                {titleOf(given())}
                              </button>
                            </th>
                            <td class="n">
                              <ValueInput
                                parameter={given()}
                                onKeep={(value) => write(changeParameter(text(), name, { value }))}
                              />
                            </td>
                            <td>{unitWord(given().unit)}</td>
                            <td>
                              <Show when={given().mark}>
                                {(mark) => (
                                  <span class={`mark-chip mark-${mark()[0]}`}>{st(`parameters.marks.${mark()}`)}</span>
                                )}
                              </Show>
                            </td>
                            <td class="source">{given().source}</td>
                            <td class="quiet">
                              {uses(name).length > 0
                                ? st('parameters.usedIn', { count: uses(name).length })
                                : st('parameters.none')}
                            </td>
                          </tr>
                        )}
                      </Show>
                    )}
                  </For>
                </tbody>
              </table>
            </div>
          }
        >
          <Match when={read() === null}>
            <BrokenFile
              title={st('parameters.broken')}
              label={st('parameters.brokenText')}
              save={st('parameters.brokenSave')}
              text={text()}
              judge={(given) => readParametersFile(PARAMETERS_FILE, given).problems}
              onMend={(next) => workspace.write({ [PARAMETERS_FILE]: next }, 'load')}
            />
          </Match>
          <Match when={list().length === 0}>
            <EmptyState
              sign={<ListPlus class="icon" />}
              title={st('parameters.emptyTitle')}
              text={st('parameters.emptyText')}
            >
              <Button size="small" onClick={add}>
                <Plus class="icon s" aria-hidden="true" />
                {st('parameters.add')}
              </Button>
            </EmptyState>
          </Match>
          <Match when={shown().length === 0}>
            <EmptyState
              sign={<SearchX class="icon" />}
              title={st('parameters.emptyFound')}
              text={st('parameters.emptyFoundText')}
            />
          </Match>
        </Switch>
        <footer class="fields-foot">
          <span class="fields-count">{st('parameters.count', { count: list().length })}</span>
        </footer>
      </section>
      <div class="parameters-side">
        <Show
          when={parameter()}
          fallback={
            <p class="parameters-choose">
              <MousePointerClick class="icon" aria-hidden="true" />
              {st('parameters.choose')}
            </p>
          }
        >
          {(given) => (
            <ParameterDetails
              parameter={given()}
              uses={uses(given().name)}
              taken={(name) => name !== given().name && list().some((each) => each.name === name)}
              onChange={(change) => write(changeParameter(text(), given().name, change))}
              onRename={(name) => {
                write(renameParameter(text(), given().name, name))
                choose(name)
              }}
              onRemove={() => remove(given())}
            />
          )}
        </Show>
      </div>
    </div>
  )
}
