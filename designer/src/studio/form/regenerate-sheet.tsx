import { createMemo, For, Show } from 'solid-js'
import { st, stMaybe } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type FormOrigin, lostAnew, madeAnew } from './regenerate.ts'
import './regenerate-sheet.css'

const FIRST = 8

/** Words for a member of a component that people know by sight. */
const memberWord = (member: string): string => stMaybe(`forms.member.${member}`) ?? st('forms.member.other')

/** Says what making a form anew would take away, before it does. */
export function RegenerateSheet(props: {
  open: boolean
  origin: FormOrigin | null
  onClose: () => void
  onMake: (text: string) => void
}) {
  const anew = createMemo(() => (props.open && props.origin ? madeAnew(props.origin) : ''))
  const lost = createMemo(() => lostAnew(props.origin?.files[props.origin.file] ?? '', anew()))
  const nothing = () => lost().own.length === 0 && lost().changed.length === 0 && !lost().layout

  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={st('forms.anew')}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {st('forms.keep')}
          </Button>
          <Button size="small" onClick={() => props.onMake(anew())}>
            {st('forms.makeAnew')}
          </Button>
        </div>
      }
    >
      <div class="regenerate">
        <p>{st('forms.anewAbout')}</p>
        <Show when={!nothing()} fallback={<p class="quiet">{st('forms.nothingLost')}</p>}>
          <h3>{st('forms.lost')}</h3>
          <ul>
            <For each={lost().own.slice(0, FIRST)}>{(label) => <li>{st('forms.lostOwn', { label })}</li>}</For>
            <For each={lost().changed.slice(0, FIRST)}>
              {({ label, members }) => (
                <li>
                  {st('forms.lostChange', {
                    label,
                    what: [...new Set(members.map(memberWord))].join(st('forms.comma')),
                  })}
                </li>
              )}
            </For>
            <Show when={Math.max(lost().own.length, lost().changed.length) > FIRST}>
              <li>{st('forms.lostMore', { count: lost().own.length + lost().changed.length })}</li>
            </Show>
            <Show when={lost().layout}>
              <li>{st('forms.lostLayout')}</li>
            </Show>
          </ul>
          <p class="quiet">{st('forms.undoable')}</p>
        </Show>
      </div>
    </Sheet>
  )
}
