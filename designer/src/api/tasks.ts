import { useQuery } from '@tanstack/solid-query'
import type { Accessor } from 'solid-js'
import { request } from './http.ts'
import type { DraftSaved, Task, TaskCompleted } from './shapes.ts'

type Answers = Record<string, unknown>

export const taskKey = (key: string) => ['task', key] as const

/** A task with its form, draft and what this person may do with it. Not read again while it is worked on. */
export const useTask = (key: Accessor<string>) =>
  useQuery(() => ({
    queryKey: taskKey(key()),
    queryFn: ({ signal }) => request<Task>('GET', `/tasks/${key()}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  }))

/** Makes the task this person's. @throws ApiProblem 409 when somebody was faster */
export const claimTask = (key: string) => request<Task>('POST', `/tasks/${key}/claim`)

/** Gives the task back to the others it is offered to. */
export const releaseTask = (key: string) => request<Task>('POST', `/tasks/${key}/release`)

export const saveTaskDraft = (key: string, answers: Answers) =>
  request<DraftSaved>('PUT', `/tasks/${key}/draft`, { body: { answers } })

/**
 * Completes the task.
 * @param idempotencyKey the same for every attempt with the same answers
 * @throws ApiProblem 409 when it is no longer open, 422 naming the fields
 */
export const completeTask = (key: string, formKey: string | null, answers: Answers, idempotencyKey: string) =>
  request<TaskCompleted>('POST', `/tasks/${key}/complete`, { body: { formKey, answers }, idempotencyKey })
