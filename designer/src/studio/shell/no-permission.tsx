import { A } from '@solidjs/router'
import Lock from 'lucide-solid/icons/lock'
import { t } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/state.tsx'

/** The studio for somebody who is no process designer. */
export function NoPermission() {
  return (
    <Page>
      <EmptyState sign={<Lock class="icon" />} title={t('app.noPermission')} text={st('shell.noPermission')}>
        <A class="btn secondary small" href="/">
          {t('app.back')}
        </A>
      </EmptyState>
    </Page>
  )
}
