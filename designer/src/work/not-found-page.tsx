import { A } from '@solidjs/router'
import SearchX from 'lucide-solid/icons/search-x'
import { t } from '../i18n/i18n.ts'
import { Page } from '../ui/page.tsx'
import { EmptyState } from '../ui/state.tsx'
import '../ui/button.css'

/** An address that leads nowhere. */
export default function NotFoundPage() {
  return (
    <Page>
      <EmptyState sign={<SearchX class="icon" />} title={t('app.notFound')} text={t('app.notFoundText')}>
        <A class="btn secondary small" href="/">
          {t('app.toInbox')}
        </A>
      </EmptyState>
    </Page>
  )
}
