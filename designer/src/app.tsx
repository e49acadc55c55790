import { Navigate, Route, Router } from '@solidjs/router'
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import { ApiProblem } from './api/http.ts'
import { useSession } from './api/session.ts'
import { latePage } from './ui/late.tsx'
import { InboxPage } from './work/inbox/inbox-page.tsx'
import { SignedIn } from './work/signed-in.tsx'

const SignInPage = latePage(() => import('./work/sign-in/sign-in-page.tsx'))
const TaskPage = latePage(() => import('./work/task/task-page.tsx'))
const StartPage = latePage(() => import('./work/start/start-page.tsx'))
const StartFormPage = latePage(() => import('./work/start/start-form-page.tsx'))
const MePage = latePage(() => import('./work/me/me-page.tsx'))
const NotificationsPage = latePage(() => import('./work/notification/notifications-page.tsx'))
const CasesPage = latePage(() => import('./work/cases/cases-page.tsx'))
const CasePage = latePage(() => import('./work/case/case-page.tsx'))
const StudioListPage = latePage(() => import('./studio/list/list-page.tsx'))
const StudioShell = latePage(() => import('./studio/shell/studio-shell.tsx'))
const ProcessPage = latePage(() => import('./studio/bpmn/process-page.tsx'))
const FieldsPage = latePage(() => import('./studio/field/fields-page.tsx'))
const FormsPage = latePage(() => import('./studio/form/forms-page.tsx'))
const DecisionsPage = latePage(() => import('./studio/decision/decisions-page.tsx'))
const ParametersPage = latePage(() => import('./studio/parameter/parameters-page.tsx'))
const HistoryPage = latePage(() => import('./studio/publish/history-page.tsx'))
const TrialPage = latePage(() => import('./studio/trial-run/trial-page.tsx'))
const OversightPage = latePage(() => import('./oversight/oversight-page.tsx'))
const AuditPage = latePage(() => import('./oversight/audit/audit-page.tsx'))
const ArchivedPage = latePage(() => import('./oversight/archived/archived-page.tsx'))
const BoardPage = latePage(() => import('./notice/board-page.tsx'))
const NoticePage = latePage(() => import('./notice/notice-page.tsx'))
const NotFoundPage = latePage(() => import('./work/not-found-page.tsx'))

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal is an answer and is not asked again; a lost connection is.
      retry: (count, error) => !(error instanceof ApiProblem) && count < 2,
    },
  },
})

/** Where the app begins: the inbox, or the place of those who take no part in cases. */
function Home() {
  const session = useSession()
  const elsewhere = () => {
    const can = session.data?.can
    if (!can || can.work) return null
    return can.design ? '/studio' : can.operate ? '/operate' : can.audit ? '/audit' : null
  }
  return (
    <Show when={elsewhere()} fallback={<InboxPage />}>
      {(href) => <Navigate href={href()} />}
    </Show>
  )
}

/** The routes of the web app. Pages are loaded when they are opened; the public board needs no session. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Router>
        <Route path="/sign-in" component={SignInPage} />
        <Route path="/notices" component={BoardPage} />
        <Route path="/notices/:key" component={NoticePage} />
        <Route path="/" component={SignedIn}>
          <Route path="/" component={Home} />
          <Route path="/tasks/:key" component={TaskPage} />
          <Route path="/start" component={StartPage} />
          <Route path="/start/:processId" component={StartFormPage} />
          <Route path="/cases" component={CasesPage} />
          <Route path="/cases/:key" component={CasePage} />
          <Route path="/me" component={MePage} />
          <Route path="/notifications" component={NotificationsPage} />
          <Route path="/operate" component={OversightPage} />
          <Route path="/audit" component={AuditPage} />
          <Route path="/archived" component={ArchivedPage} />
          <Route path="/studio" component={StudioListPage} />
          <Route path="/studio/:id" component={StudioShell}>
            <Route path="/" component={ProcessPage} />
            <Route path="/fields" component={FieldsPage} />
            <Route path="/forms" component={FormsPage} />
            <Route path="/decisions" component={DecisionsPage} />
            <Route path="/parameters" component={ParametersPage} />
            <Route path="/trial" component={TrialPage} />
            <Route path="/history" component={HistoryPage} />
          </Route>
          <Route path="*" component={NotFoundPage} />
        </Route>
      </Router>
    </QueryClientProvider>
  )
}
