import { addDuration, parseDuration, parseInstant } from '../model/time.ts'
import { Rejection } from '../problem/problem.ts'
import type { Variables } from '../record/json.ts'
import type { Actor } from '../record/record.ts'
import { visible } from '../step/scope.ts'
import { judgeExpectation } from './expectation.ts'
import type { Failure, JudgeAnswers, Outcome, Scenario, ScenarioHost, ScenarioStep } from './scenario.ts'
import { pick, type View, viewOf } from './view.ts'

const system: Actor = { type: 'system', id: 'scenario' }

/**
 * Plays a scenario on a host and compares what it expects. Gives every failed expectation in words; a step that is
 * refused or cannot be done ends the scenario there. `judge` checks answers by the real forms.
 */
export async function runScenario(host: ScenarioHost, scenario: Scenario, judge?: JudgeAnswers): Promise<Outcome> {
  const failures: Failure[] = []
  const steps: readonly (ScenarioStep | null)[] = [null, ...scenario.steps]
  let step = 0
  try {
    for (const [index, one] of steps.entries()) {
      step = index
      if (one === null) await start(host, scenario)
      else if ('expect' in one) {
        const texts = judgeExpectation(one.expect, viewOf(await host.facts()))
        failures.push(...texts.map((text) => ({ step, text })))
      } else if ('refused' in one && one.refused) {
        const texts = await refusal(one.refused, () => act(host, one, scenario, judge))
        failures.push(...texts.map((text) => ({ step, text })))
      } else await act(host, one, scenario, judge)
    }
  } catch (error) {
    failures.push({ step, text: describe(error) })
  }
  return { scenario: scenario.name, host: host.name, failures, facts: await host.facts() }
}

async function start(host: ScenarioHost, scenario: Scenario): Promise<void> {
  const at = parseInstant(scenario.startedAt)
  if (at === null) throw new Error(`Expected startedAt to be a date and time, but it is "${scenario.startedAt}".`)
  const { process: processId, units, variables, parameters, people = {}, startedBy, startEvent } = scenario
  const actor: Actor = startedBy === undefined ? system : { type: 'person', id: startedBy }
  const begins = startEvent === undefined ? {} : { startEventId: startEvent }
  await host.start({ processId, ...begins, units, variables, parameters, businessId: null, at, actor, people })
}

/** What answers are given to: a task, or the subscription of an act. */
interface Answered {
  readonly elementId: string
  readonly formId: string | null
  readonly elementInstanceKey: number
}

async function act(host: ScenarioHost, step: ScenarioStep, scenario: Scenario, judge?: JudgeAnswers): Promise<void> {
  if ('advance' in step) {
    const duration = parseDuration(step.advance)
    if (!duration) throw new Error(`Expected a duration, but found "${step.advance}".`)
    await host.advance(addDuration(host.now(), duration))
    return
  }
  const view = viewOf(await host.facts())
  const answers = (at: Answered, given: Variables = {}): Variables =>
    judge
      ? judge({
          elementId: at.elementId,
          formId: at.formId,
          answers: given,
          variables: visible(view.state, at.elementInstanceKey),
          parameters: scenario.parameters,
          at: host.now(),
        })
      : given
  if ('complete' in step) {
    const mine =
      step.as !== undefined && step.item === undefined
        ? view.tasks.find(
            (one) => one.elementId === step.complete && view.state.tasks.get(one.key)?.assignee === step.as,
          )
        : undefined
    const task =
      mine ?? pick(view.tasks, (one) => one.elementId === step.complete, `open task "${step.complete}"`, step.item)
    const actor = by(step.as)
    if (step.as !== undefined && view.state.tasks.get(task.key)?.assignee !== step.as)
      await host.submit('userTask.assign', task.key, { assignee: step.as, allowOverride: true }, actor)
    const variables = answers(task, step.answers)
    await host.submit('userTask.complete', task.key, { variables, formKey: task.formKey }, actor)
  } else if ('completeAll' in step) {
    for (const task of view.tasks.filter((one) => one.elementId === step.completeAll)) {
      if (!viewOf(await host.facts()).state.tasks.has(task.key)) continue
      const variables = answers(task, step.answers)
      await host.submit('userTask.complete', task.key, { variables, formKey: task.formKey }, system)
    }
  } else if ('assign' in step) {
    const task = pick(view.tasks, (one) => one.elementId === step.assign, `open task "${step.assign}"`, step.item)
    await host.submit('userTask.assign', task.key, { assignee: step.to, allowOverride: true }, by(step.to))
  } else if ('action' in step) {
    const found = pick(view.actions, (one) => one.label === step.action, `act "${step.action}"`, step.item)
    const variables = answers(found, step.answers)
    const { messageName } = found
    await host.submit('message.correlate', found.key, { messageName, messageKey: 0, variables }, by(step.as))
  } else await operate(host, step, view)
}

async function operate(host: ScenarioHost, step: ScenarioStep, view: View): Promise<void> {
  const job = (type: string, item?: number) => pick(view.jobs, (one) => one.type === type, `job "${type}"`, item).key
  if ('completeJob' in step)
    await host.submit('job.complete', job(step.completeJob, step.item), { variables: step.variables ?? {} }, system)
  else if ('failJob' in step) {
    const { retries, message = 'failed by the scenario' } = step
    await host.submit('job.fail', job(step.failJob, step.item), { retries, message, retryAt: null }, system)
  } else if ('throwError' in step) {
    const { errorCode, variables = {} } = step
    const value = { errorCode, message: 'thrown by the scenario', variables }
    await host.submit('job.throwError', job(step.throwError, step.item), value, system)
  } else if ('resolveIncident' in step) {
    const chosen = pick(
      view.incidents,
      (one) => one.elementId === step.resolveIncident,
      `incident at "${step.resolveIncident}"`,
    )
    await host.submit('incident.resolve', chosen.key, {}, system)
  } else if ('setVariables' in step)
    await host.submit(
      'variables.set',
      view.instanceKey,
      { scopeKey: view.instanceKey, variables: step.setVariables, local: true },
      system,
    )
  else if ('cancel' in step)
    await host.submit('processInstance.cancel', view.instanceKey, { reason: step.cancel }, system)
}

/** What is wrong with a step whose answers must be refused for exactly these fields; empty when they were. */
async function refusal(fields: readonly string[], step: () => Promise<void>): Promise<string[]> {
  const wanted = [...fields].sort().join(', ')
  try {
    await step()
  } catch (error) {
    if (!(error instanceof Rejection) || error.code !== 'ANSWERS_REFUSED') throw error
    const found = [...new Set(error.fields.map((field) => field.field))].sort().join(', ')
    return found === wanted ? [] : [`Expected answers to be refused for ${wanted}, but they were for ${found}.`]
  }
  return [`Expected answers to be refused for ${wanted}, but they were taken.`]
}

function by(person: string | undefined): Actor {
  return person === undefined ? system : { type: 'person', id: person }
}

function describe(error: unknown): string {
  if (!(error instanceof Rejection)) return error instanceof Error ? error.message : String(error)
  const fields = error.fields.map((field) => `${field.field}: ${field.code}`)
  return `Expected the step to be taken, but it was refused: ${[error.code, JSON.stringify(error.facts), ...fields].join(' ')}`
}
