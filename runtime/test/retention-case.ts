import type { TestApp } from '../src/route/test-app.ts'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export interface Petition {
  readonly key: number
  readonly stream: number
  readonly number: string
  /** Id of its photo. */
  readonly file: string
}

const read = async (answer: Response | Promise<Response>) => {
  const found = await answer
  if (!found.ok) throw new Error(await found.text())
  return (await found.json()) as never
}

/** A petition with a photo of its own, or one that was handed in before; to its end or before its first task. */
export async function petition(app: TestApp, subject: string, isFinished: boolean, file?: string): Promise<Petition> {
  const clerk = await app.as('clerk.east')
  const reviewer = await app.as('reviewer')
  const body = new FormData()
  body.append('file', new Blob([Buffer.from(PNG, 'base64'), subject], { type: 'image/png' }), 'photo.png')
  const photo: { id: string } = await read(clerk('POST', '/api/files', body))
  const { files } = app.server.services
  const given = file === undefined ? photo : await files.find(file)
  const photos = [given && { id: given.id, name: 'photo.png', type: 'image/png', size: 1 }]
  const started: { caseKey: string; caseNumber: string } = await read(
    clerk('POST', '/api/cases', { processId: 'petition', unitId: 'east', formKey: null, answers: { subject, photos } }),
  )
  const steps = [
    [clerk, { report: `${subject} seen` }],
    [reviewer, {}],
  ] as const
  for (const [who, answers] of isFinished ? steps : []) {
    const found: { tasks: { key: string }[] } = await read(who('GET', `/api/cases/${started.caseKey}`))
    const task = found.tasks[0]!.key
    await who('POST', `/api/tasks/${task}/claim`)
    const shown: { form: { key: string } | null } = await read(who('GET', `/api/tasks/${task}`))
    const done = await who('POST', `/api/tasks/${task}/complete`, { formKey: shown.form?.key ?? null, answers })
    if (!done.ok) throw new Error(await done.text())
  }
  await app.server.host.settle()
  const key = Number(started.caseKey)
  return { key, stream: Math.floor(key / 2 ** 20), number: started.caseNumber, file: given?.id ?? '' }
}
