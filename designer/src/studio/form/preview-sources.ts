import type { StoredFile } from '@bihuan/runtime/contract'
import { onCleanup } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { FieldSources, Pickable } from '../../work/form/fields/surroundings.ts'

/**
 * What fields get in a preview: files stay in this window, people and units are made up. Nothing is sent and nothing of
 * anybody is read. Use inside a component: what is kept goes with it.
 */
export function createPreviewSources(): Partial<FieldSources> {
  const addresses = new Map<string, string>()
  onCleanup(() => {
    for (const address of addresses.values()) URL.revokeObjectURL(address)
  })
  const samples = (name: string): readonly Pickable[] =>
    [1, 2, 3].map((number) => ({ id: `sample_${number}`, name: `${name} ${number}`, about: '' }))
  const found = (all: readonly Pickable[], search: string) => all.filter((each) => each.name.includes(search.trim()))

  return {
    people: async (search) => found(samples(st('forms.samplePerson')), search),
    units: async (search) => found(samples(st('forms.sampleUnit')), search),
    upload(file, onProgress) {
      const stored: StoredFile = {
        id: `preview_${addresses.size + 1}`,
        name: file.name,
        type: file.type || 'application/octet-stream',
        size: file.size,
      }
      addresses.set(stored.id, URL.createObjectURL(file))
      onProgress(1)
      return { done: Promise.resolve(stored), cancel: () => undefined }
    },
    address: (file) => addresses.get(file.id) ?? '',
  }
}
