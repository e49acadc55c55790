import { For } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Sheet } from '../../ui/sheet.tsx'

/** The keys of the desk, in one place. */
export function KeysSheet(props: { open: boolean; onClose: () => void }) {
  const rows = () => [
    { keys: ['J', 'K'], words: t('inbox.keys.move') },
    { keys: ['↵'], words: t('inbox.keys.open') },
    { keys: ['V'], words: t('inbox.keys.views') },
    { keys: ['/'], words: t('inbox.keys.search') },
    { keys: ['Ctrl', '↵'], words: t('inbox.keys.submit') },
    { keys: ['?'], words: t('inbox.keys.help') },
  ]
  return (
    <Sheet open={props.open} onClose={props.onClose} title={t('inbox.keys.title')}>
      <dl class="keys">
        <For each={rows()}>
          {(row) => (
            <div>
              <dt>
                <For each={row.keys}>{(key) => <kbd class="kbd">{key}</kbd>}</For>
              </dt>
              <dd>{row.words}</dd>
            </div>
          )}
        </For>
      </dl>
    </Sheet>
  )
}
