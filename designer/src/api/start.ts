import { useQuery } from '@tanstack/solid-query'
import type { Accessor } from 'solid-js'
import { request } from './http.ts'
import type { CaseStarted, DraftSaved, Startable, StartForm } from './shapes.ts'

type Answers = Record<string, unknown>

/** What this person may start. Asked anew whenever it is shown: a draft may have been left a moment ago. */
export const useStartable = () =>
  useQuery(() => ({
    queryKey: ['startable'],
    queryFn: ({ signal }) => request<Startable[]>('GET', '/startable', { signal }),
    staleTime: 0,
  }))

/** The form a case begins with, and the draft kept of it. Not read again while it is filled in. */
export const useStartForm = (processId: Accessor<string>) =>
  useQuery(() => ({
    queryKey: ['startable', processId()],
    queryFn: ({ signal }) => request<StartForm>('GET', `/startable/${encodeURIComponent(processId())}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  }))

export const saveStartDraft = (processId: string, answers: Answers) =>
  request<DraftSaved>('PUT', `/startable/${encodeURIComponent(processId)}/draft`, { body: { answers } })

/** Starts a case. @throws ApiProblem 422 naming the fields */
export const startCase = (
  given: { processId: string; unitId: string; formKey: string | null; answers: Answers },
  idempotencyKey: string,
) => request<CaseStarted>('POST', '/cases', { body: given, idempotencyKey })
