import { CompleteTask, DraftSaved, SaveDraft, Task, TaskCompleted } from '../contract/contract.ts'
import { readKey, wireKey, wireKeyOrNull } from '../contract/wire.ts'
import { readTask } from '../query/task.ts'
import type { Services } from '../services.ts'
import { keepTyped } from '../work/draft.ts'
import { claimTask, completeTask, releaseTask, saveTaskDraft } from '../work/task.ts'
import { personOf } from './caller.ts'
import { type Route, route } from './route.ts'

export function taskRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/tasks/:key',
      policy: 'work',
      summary: 'One task with its form',
      input: null,
      output: Task,
      handler: async ({ who, params }) => readTask(services, personOf(who), readKey(params.key)),
    }),
    route({
      method: 'POST',
      path: '/api/tasks/:key/claim',
      policy: 'work',
      summary: 'Take an offered task',
      input: null,
      output: Task,
      async handler({ who, params, requestId }) {
        const person = personOf(who)
        const key = readKey(params.key)
        await claimTask(services, person, key, requestId)
        return readTask(services, person, key)
      },
    }),
    route({
      method: 'POST',
      path: '/api/tasks/:key/release',
      policy: 'work',
      summary: 'Give a task back',
      input: null,
      output: Task,
      async handler({ who, params, requestId }) {
        const person = personOf(who)
        const key = readKey(params.key)
        await releaseTask(services, person, key, requestId)
        return readTask(services, person, key)
      },
    }),
    route({
      method: 'PUT',
      path: '/api/tasks/:key/draft',
      keyed: false,
      policy: 'work',
      summary: 'Keep what is typed',
      input: SaveDraft,
      output: DraftSaved,
      handler: async ({ who, params, body }) => ({
        savedAt: await saveTaskDraft(services, personOf(who), readKey(params.key), body.answers),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/tasks/:key/complete',
      policy: 'work',
      summary: 'Complete a task with answers',
      input: CompleteTask,
      output: TaskCompleted,
      async handler({ who, params, body, requestId }) {
        const person = personOf(who)
        const keep = keepTyped(services, person.id)
        const done = await completeTask(services, person, readKey(params.key), body, requestId, keep)
        return { caseKey: wireKey(done.instanceKey), nextTaskKey: wireKeyOrNull(done.nextTaskKey) }
      },
    }),
  ]
}
