import type {
  FilesSaved,
  Holders,
  NewPackage,
  Package,
  PackageList,
  PackageMade,
  PackageVersion,
  Presence,
  Publish,
  Published,
  SaveFiles,
  VersionFiles,
} from '@bihuan/runtime/contract'
import { useQuery } from '@tanstack/solid-query'
import { newKey, request } from './http.ts'
import { sendMultipart } from './multipart.ts'
import { personHeader } from './person.ts'

const at = (id: string): string => `/packages/${encodeURIComponent(id)}`

export const packagesKey = ['packages'] as const
export const versionsKey = (id: string) => ['package', id, 'versions'] as const

/** The packages of this designer's unit and below, and the examples to start from. */
export const usePackages = () =>
  useQuery(() => ({
    queryKey: packagesKey,
    queryFn: ({ signal }) => request<PackageList>('GET', '/packages', { signal }),
  }))

/** Makes a package: blank, from an example, as a copy, or from files. @throws ApiProblem when the server refuses */
export const makePackage = (wanted: NewPackage, idempotencyKey = newKey()): Promise<PackageMade> =>
  request<PackageMade>('POST', '/packages', { body: wanted, idempotencyKey })

/** Brings a package (.zip) or a model (.bpmn) along. @throws ApiProblem with what is wrong with the file */
export const importPackage = (file: File): Promise<PackageMade> => sendMultipart<PackageMade>('/packages/import', file)

/** A package to work on, with its files. @throws ApiProblem 404 when it is not there for this person */
export const readPackage = (id: string, signal?: AbortSignal): Promise<Package> =>
  request<Package>('GET', at(id), signal ? { signal } : {})

/** Throws the draft away: back to what is published, or the package goes when nothing ever was. */
export const discardDraft = (id: string): Promise<void> => request<void>('DELETE', at(id))

/**
 * Saves files whole or not at all.
 * @throws ApiProblem 409 `DRAFT_CONFLICT` when somebody else saved one of them meanwhile
 */
export const saveFiles = (id: string, files: SaveFiles['files']): Promise<FilesSaved> =>
  request<FilesSaved>('PUT', `${at(id)}/files`, { body: { files } })

/** Tells that the package is open here, in that part of the studio; gives who else has it open and what is saved. */
export const sendPresence = (id: string, place: string): Promise<Presence> =>
  request<Presence>('POST', `${at(id)}/presence`, { body: { place } })

/** Says good-bye when the page goes: the request outlives it. */
export function sendGoodbye(id: string): void {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/json',
    'Idempotency-Key': newKey(),
    ...personHeader(),
  }
  void fetch(`/api${at(id)}/presence`, {
    method: 'POST',
    headers,
    credentials: 'same-origin',
    keepalive: true,
    body: JSON.stringify({ place: '' }),
  }).catch(() => undefined)
}

/** Where the package is read as a zip. */
export const exportAddress = (id: string): string => `/api${at(id)}/export`

/** The published versions of a package, newest first. */
export const useVersions = (id: () => string) =>
  useQuery(() => ({
    queryKey: versionsKey(id()),
    queryFn: ({ signal }) => request<PackageVersion[]>('GET', `${at(id())}/versions`, { signal }),
  }))

/** A published version with its files. */
export const readVersion = (id: string, version: number): Promise<VersionFiles> =>
  request<VersionFiles>('GET', `${at(id)}/versions/${version}`)

/**
 * Publishes the draft as it was seen.
 * @param idempotencyKey the same for every attempt with the same draft and note
 * @throws ApiProblem when deploy refuses it (`problems`), or a file was saved meanwhile (`DRAFT_CONFLICT`)
 */
export const publishPackage = (id: string, wanted: Publish, idempotencyKey: string): Promise<Published> =>
  request<Published>('POST', `${at(id)}/publish`, { body: wanted, idempotencyKey })

/** Takes a package out of use: cases that run go on, none starts. The reason is recorded. */
export const retirePackage = (id: string, reason: string): Promise<void> =>
  request<void>('POST', `${at(id)}/retire`, { body: { reason } })

/** Takes it back into use. The reason is recorded. */
export const restorePackage = (id: string, reason: string): Promise<void> =>
  request<void>('POST', `${at(id)}/restore`, { body: { reason } })

/** Whom candidates (`clerk,reviewer@township`) mean in a unit; not asked for while either is empty. */
export const useHolders = (unit: () => string, candidates: () => string) =>
  useQuery(() => ({
    queryKey: ['directory', 'holders', unit(), candidates()] as const,
    queryFn: ({ signal }) =>
      request<Holders>('GET', '/directory/holders', { signal, query: { unit: unit(), candidates: candidates() } }),
    enabled: unit() !== '' && candidates() !== '',
    staleTime: 60_000,
    placeholderData: (previous) => previous,
  }))
