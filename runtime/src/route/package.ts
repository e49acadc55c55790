import { createHash } from 'node:crypto'
import { Rejection } from '@bihuan/engine'
import { Type } from 'typebox'
import {
  FilesSaved,
  Here,
  NewPackage,
  Package,
  PackageList,
  PackageMade,
  PackageVersion,
  Presence,
  Publish,
  Published,
  Reason,
  SaveFiles,
  VersionFiles,
} from '../contract/contract.ts'
import { invalid } from '../contract/fault.ts'
import { time, timeOrNull } from '../contract/wire.ts'
import { namesOf } from '../identity/person.ts'
import { writeArchive } from '../package/archive.ts'
import { listPackages, listVersions } from '../package/list.ts'
import { beginPackage, importPackage } from '../package/new-package.ts'
import { designScope, findPackage } from '../package/scope.ts'
import { actorNames, currentName, showPackage, showProblems } from '../package/show.ts'
import { findVersion } from '../package/version.ts'
import type { Services } from '../services.ts'
import { actorOf } from '../work/task.ts'
import { attachment } from './attachment.ts'
import { personOf } from './caller.ts'
import { languageOf } from './language.ts'
import { type Route, route } from './route.ts'

const MEGABYTE = 1024 * 1024
const ENVELOPE = 64 * 1024

export function packageRoutes(services: Services): Route[] {
  const { host, store, studio } = services
  const { packages } = host

  return [
    route({
      method: 'GET',
      path: '/api/packages',
      policy: 'design',
      summary: 'Process packages of the designer’s units, and the examples',
      input: null,
      output: PackageList,
      async handler({ who }) {
        const scope = await designScope(store, personOf(who))
        return {
          items: [...(await listPackages(host, studio.summaries, scope))],
          templates: (await studio.templates.all()).map(({ about }) => about),
          now: time(host.clock.now()),
        }
      },
    }),
    route({
      method: 'POST',
      path: '/api/packages',
      policy: 'design',
      summary: 'Begin a package: blank, from an example, from another package, from files',
      input: NewPackage,
      output: PackageMade,
      limit: 12 * MEGABYTE,
      status: 201,
      async handler({ who, body, requestId, headers }) {
        const person = personOf(who)
        const language = languageOf(headers.get('accept-language') ?? undefined)
        const made = await packages.create(
          () => beginPackage(host, studio.templates, person, body, language),
          ['begin', body],
          actorOf(person),
          requestId,
        )
        studio.summaries.later(made.id)
        return { id: made.id, problems: showProblems(made.problems) }
      },
    }),
    route({
      method: 'POST',
      path: '/api/packages/import',
      policy: 'design',
      summary: 'Begin a package from a zip or a BPMN file',
      input: 'multipart',
      output: PackageMade,
      limit: 10 * MEGABYTE + ENVELOPE,
      status: 201,
      async handler({ who, body, requestId }) {
        const person = personOf(who)
        const file = body.get('file')
        if (!(file instanceof File) || [...body.keys()].length !== 1) throw invalid('file', 'oneFile')
        const content = new Uint8Array(await file.arrayBuffer())
        const digest = createHash('sha256').update(content).digest('hex')
        const made = await packages.create(
          () => importPackage(host, person, { name: file.name, content }),
          ['import', file.name, digest],
          actorOf(person),
          requestId,
        )
        studio.summaries.later(made.id)
        return { id: made.id, problems: showProblems(made.problems) }
      },
    }),
    route({
      method: 'GET',
      path: '/api/packages/:id',
      policy: 'design',
      summary: 'A package to work on: its files as they are now',
      input: null,
      output: Package,
      async handler({ who, params }) {
        const state = await findPackage(host, personOf(who), params.id!)
        return showPackage(store, state, host.clock.now())
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/packages/:id',
      keyed: false,
      policy: 'design',
      summary: 'Throw the draft away; a package that was never published is gone then',
      input: null,
      output: null,
      async handler({ who, params }) {
        const person = personOf(who)
        const { about } = await findPackage(host, person, params.id!)
        await packages.discard(about.id, actorOf(person))
      },
    }),
    route({
      method: 'PUT',
      path: '/api/packages/:id/files',
      keyed: false,
      policy: 'design',
      summary: 'Save files of a draft, all or none',
      input: SaveFiles,
      output: FilesSaved,
      limit: 12 * MEGABYTE,
      async handler({ who, params, body }) {
        const person = personOf(who)
        const { about } = await findPackage(host, person, params.id!)
        const saved = await named(() => packages.save(about.id, body.files, person.id))
        studio.summaries.later(about.id)
        return { files: [...saved.files], savedAt: time(saved.at) }
      },
    }),
    route({
      method: 'POST',
      path: '/api/packages/:id/presence',
      keyed: false,
      policy: 'design',
      summary: 'Say that one has the package open; who else has, and what is saved',
      input: Here,
      output: Presence,
      async handler({ who, params, body }) {
        const person = personOf(who)
        const { about, files } = await findPackage(host, person, params.id!)
        const editors = studio.presence.say(about.id, person.id, body.place)
        const nameOf = await actorNames(store, [
          ...editors.map(({ personId }) => personId),
          ...files.flatMap(({ savedBy }) => savedBy ?? []),
        ])
        return {
          editors: editors.map(({ personId, since, place }) => ({
            person: nameOf(personId),
            since: time(since),
            place,
          })),
          revisions: files.map(({ name, revision, savedAt, savedBy }) => ({
            name,
            revision,
            savedAt: timeOrNull(savedAt),
            savedBy: savedBy === null ? null : nameOf(savedBy),
          })),
        }
      },
    }),
    route({
      method: 'GET',
      path: '/api/packages/:id/export',
      policy: 'design',
      summary: 'The files as they are now, as a zip',
      input: null,
      output: 'stream',
      async handler({ who, params }) {
        const state = await findPackage(host, personOf(who), params.id!)
        const bytes = writeArchive(state.files, host.clock.now())
        return attachment(`${currentName(state)}.zip`, 'application/zip', bytes)
      },
    }),
    route({
      method: 'GET',
      path: '/api/packages/:id/versions',
      policy: 'design',
      summary: 'Published versions, newest first',
      input: null,
      output: Type.Array(PackageVersion),
      async handler({ who, params }) {
        const { about } = await findPackage(host, personOf(who), params.id!)
        return [...(await listVersions(host, about.id))]
      },
    }),
    route({
      method: 'GET',
      path: '/api/packages/:id/versions/:version',
      policy: 'design',
      summary: 'The files of a published version',
      input: null,
      output: VersionFiles,
      async handler({ who, params }) {
        const { about } = await findPackage(host, personOf(who), params.id!)
        return findVersion(store, about.id, params.version!)
      },
    }),
    route({
      method: 'POST',
      path: '/api/packages/:id/publish',
      policy: 'design',
      summary: 'Publish the draft as it was seen',
      input: Publish,
      output: Published,
      async handler({ who, params, body, requestId }) {
        const person = personOf(who)
        const { about } = await findPackage(host, person, params.id!)
        const { version, problems } = await named(() =>
          packages.publish({ id: about.id, ...body }, actorOf(person), requestId),
        )
        return { version, problems: showProblems(problems) }
      },
    }),
    ...(['retire', 'restore'] as const).map((verb) =>
      route({
        method: 'POST',
        path: `/api/packages/:id/${verb}`,
        policy: 'design',
        summary: verb === 'retire' ? 'Take no new cases; running ones go on' : 'Take new cases again',
        input: Reason,
        output: null,
        async handler({ who, params, body, requestId }) {
          const person = personOf(who)
          const { about } = await findPackage(host, person, params.id!)
          await packages.setRetired(about.id, verb === 'retire', body.reason, actorOf(person), requestId)
        },
      }),
    ),
  ]

  /** Names the person in a conflict: the host knows his id. */
  async function named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Rejection) || error.code !== 'DRAFT_CONFLICT') throw error
      const by = String(error.facts.by ?? '')
      throw new Rejection(error.code, { ...error.facts, by: (await namesOf(store, [by]))(by) })
    }
  }
}
