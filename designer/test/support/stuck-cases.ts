import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RunningServer } from '../../../examples/test/support/server.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Name of the process that cases are stuck in. */
export const AID = '临时救助'

const shape = (id: string, x: number, y: number, width: number, height: number) =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${id === 'grade' ? ' isMarkerVisible="true"' : ''}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" />${label(id, x, y, width, height)}</bpmndi:BPMNShape>`
const label = (id: string, x: number, y: number, width: number, height: number) =>
  height > 50 && id !== 'grade'
    ? ''
    : `<bpmndi:BPMNLabel><dc:Bounds x="${x + width / 2 - 40}" y="${y + height + 6}" width="80" height="14" /></bpmndi:BPMNLabel>`
const edge = (id: string, ...points: readonly (readonly [number, number])[]) =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${points.map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`).join('')}</bpmndi:BPMNEdge>`
const task = (id: string, name: string, group: string) =>
  `<bpmn:userTask id="${id}" name="${name}"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="${group}" /></bpmn:extensionElements></bpmn:userTask>`
const flow = (id: string, from: string, to: string, condition = '') =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"${condition ? `><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>` : ' />'}`

/**
 * Registers of households are asked, the grade is chosen by the income, the township reviews, the village pays.
 * @param review id of the review: another version calls it otherwise
 */
const model = (review: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/packages">
  <bpmn:process id="temporary_aid" name="${AID}" isExecutable="true">
    <bpmn:extensionElements><bihuan:case numberPrefix="JZ" /></bpmn:extensionElements>
    <bpmn:startEvent id="start" name="收到申请" />
    <bpmn:serviceTask id="check" name="核对户籍"><bpmn:extensionElements><zeebe:taskDefinition type="household.check" retries="1" /></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:exclusiveGateway id="grade" name="救助档次" />
    ${task(review, '镇里审核', 'township_reviewer@township')}
    ${task('pay', '发放救助金', 'village_clerk')}
    <bpmn:endEvent id="end" name="办完" />
    ${flow('f1', 'start', 'check')}${flow('f2', 'check', 'grade')}
    ${flow('f3', 'grade', review, '=income &lt; 1000')}${flow('f4', 'grade', 'end', '=income &gt; 5000')}
    ${flow('f5', review, 'pay')}${flow('f6', 'pay', 'end')}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="temporary_aid">
    ${shape('start', 160, 182, 36, 36)}${shape('check', 250, 160, 110, 80)}${shape('grade', 415, 175, 50, 50)}
    ${shape(review, 520, 160, 110, 80)}${shape('pay', 690, 160, 110, 80)}${shape('end', 860, 182, 36, 36)}
    ${edge('f1', [196, 200], [250, 200])}${edge('f2', [360, 200], [415, 200])}${edge('f3', [465, 200], [520, 200])}
    ${edge('f4', [440, 175], [440, 110], [878, 110], [878, 182])}${edge('f5', [630, 200], [690, 200])}${edge('f6', [800, 200], [860, 200])}
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`

/** Requests of an outside system, as which cases are begun and their registers answer. */
export class OutsideSystem {
  readonly #server: RunningServer
  readonly #authorization: string

  private constructor(server: RunningServer, authorization: string) {
    this.#server = server
    this.#authorization = authorization
  }

  /** Makes it known to the server. */
  static async join(server: RunningServer): Promise<OutsideSystem> {
    const words = ['--import', 'tsx', 'runtime/src/main.ts', 'client', 'add', 'register', '--json']
    const environment = { ...process.env, BIHUAN_DATA: server.data }
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root, env: environment })
    const { id, secret } = JSON.parse(stdout) as { id: string; secret: string }
    return new OutsideSystem(server, `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`)
  }

  /** @throws when it is refused */
  async ask<T>(method: string, path: string, body: object): Promise<T> {
    const isForm = body instanceof FormData
    const answer = await fetch(`${this.#server.address}/v2${path}`, {
      method,
      headers: { authorization: this.#authorization, ...(isForm ? {} : { 'content-type': 'application/json' }) },
      body: isForm ? body : JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (answer.status === 204 ? undefined : await answer.json()) as T
  }

  async deploy(review: string): Promise<void> {
    const form = new FormData()
    form.append('resources', new File([model(review)], 'temporary-aid.bpmn'))
    await this.ask('POST', '/deployments', form)
  }

  async start(unit: string, income: number): Promise<string> {
    const { processInstanceKey } = await this.ask<{ processInstanceKey: string }>('POST', '/process-instances', {
      processDefinitionId: 'temporary_aid',
      tenantId: unit,
      variables: { income },
    })
    return processInstanceKey
  }

  /** The register answers for all who wait, or for some does not. */
  async answer(fails: (caseKey: string) => boolean): Promise<void> {
    const { jobs } = await this.ask<{ jobs: { jobKey: string; processInstanceKey: string }[] }>(
      'POST',
      '/jobs/activation',
      { type: 'household.check', timeout: 60_000, maxJobsToActivate: 100 },
    )
    for (const { jobKey, processInstanceKey } of jobs)
      if (fails(processInstanceKey))
        await this.ask('POST', `/jobs/${jobKey}/failure`, { retries: 0, errorMessage: '户籍系统没有应答' })
      else await this.ask('POST', `/jobs/${jobKey}/completion`, {})
  }

  setIncome(caseKey: string, income: number): Promise<void> {
    return this.ask('PUT', `/element-instances/${caseKey}/variables`, { variables: { income } })
  }
}

/** Cases as an operator finds them. */
export interface Stuck {
  readonly outside: OutsideSystem
  /** Their register did not answer. */
  readonly unanswered: readonly string[]
  /** No grade fits their income. */
  readonly ungraded: string
  /** With the township, on the version before. */
  readonly reviewed: readonly string[]
}

/** Two versions of a process; three cases stuck in two ways, two that wait for the township. */
export async function seedStuck(server: RunningServer): Promise<Stuck> {
  const outside = await OutsideSystem.join(server)
  await outside.deploy('review')
  const unanswered = [await outside.start('huayuan', 800), await outside.start('hewan', 600)]
  const ungraded = await outside.start('huayuan', 3000)
  const reviewed = [await outside.start('huayuan', 500), await outside.start('hewan', 700)]
  await outside.answer((key) => unanswered.includes(key))
  await outside.deploy('recheck')
  return { outside, unanswered, ungraded, reviewed }
}
